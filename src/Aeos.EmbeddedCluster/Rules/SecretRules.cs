using System.Buffers.Text;
using System.Text.Json.Nodes;
using Aeos.Embedded.Errors;
using Aeos.Embedded.Json;

namespace Aeos.Embedded.Rules;

/// <summary>Secrets have a type and base64 values; stringData becomes data; those that hold a token name their account.</summary>
internal sealed class SecretRules : TypeRules
{
    public const string TokenType = "kubernetes.io/service-account-token";
    public const string AccountName = "kubernetes.io/service-account.name";
    public const string AccountUid = "kubernetes.io/service-account.uid";

    public override void BeforeCreate(JsonObject node, RuleContext context) => Settle(node, context);

    public override void BeforeUpdate(JsonObject node, JsonObject old, RuleContext context) => Settle(node, context);

    private static void Settle(JsonObject node, RuleContext context)
    {
        node.Default("type", "Opaque");
        foreach (var (name, value) in node.Child("stringData") ?? [])
        {
            node.Ensure("data")[name] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(value?.GetValue<string>() ?? ""));
        }

        node.Remove("stringData");
        foreach (var (name, value) in node.Child("data") ?? [])
        {
            if (value is not null && (value is not JsonValue json || !json.TryGetValue(out string? text) || !Base64.IsValid(text)))
            {
                throw ApiError.BadRequest($"Secret in version \"v1\" cannot be handled as a Secret: illegal base64 data in field \"{name}\"");
            }
        }

        if (node.Text("type") == TokenType && node.Metadata().Child("annotations").Filled(AccountName) is null)
        {
            throw ApiError.Invalid(context.Type, node.Name(), FieldProblem.Required($"metadata.annotations[{AccountName}]", ""));
        }
    }
}
