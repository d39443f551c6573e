using System.Text.Json.Nodes;
using Aeos.Embedded.Errors;
using Aeos.Embedded.Json;
using Aeos.Embedded.Types;
using Aeos.Embedded.Writing;

namespace Aeos.Embedded.Rules;

/// <summary>Definitions of custom resources: complete ones only, with their names filled in.</summary>
internal sealed class DefinitionRules : TypeRules
{
    public const string Finalizer = "customresourcecleanup.apiextensions.k8s.io";

    public override void BeforeCreate(JsonObject node, RuleContext context)
    {
        Settle(node, context);
        Finalizers.Add(node, Finalizer);
    }

    public override void BeforeUpdate(JsonObject node, JsonObject old, RuleContext context) => Settle(node, context);

    private static void Settle(JsonObject node, RuleContext context)
    {
        var spec = node.Ensure("spec");
        var problems = Check(node, spec).ToList();
        if (problems.Count > 0)
        {
            throw ApiError.Invalid(context.Type, node.Name(), problems);
        }

        var names = spec.Ensure("names");
        names.Default("singular", names.Text("kind")!.ToLowerInvariant());
        names.Default("listKind", names.Text("kind") + "List");
        spec.Default("conversion", new JsonObject { ["strategy"] = "None" });
        node.Default("status", new JsonObject
        {
            ["acceptedNames"] = new JsonObject { ["kind"] = "", ["plural"] = "" },
            ["conditions"] = new JsonArray(),
            ["storedVersions"] = new JsonArray([.. spec.Objects("versions").Where(v => v.Flag("storage") == true).Select(v => v["name"]!.DeepClone())]),
        });
    }

    private static IEnumerable<FieldProblem> Check(JsonObject node, JsonObject spec)
    {
        var (group, plural) = (spec.Filled("group"), spec.Child("names").Filled("plural"));
        if (group is null)
        {
            yield return FieldProblem.Required("spec.group", "");
        }

        if (plural is null)
        {
            yield return FieldProblem.Required("spec.names.plural", "");
        }

        if (spec.Child("names").Filled("kind") is null)
        {
            yield return FieldProblem.Required("spec.names.kind", "");
        }

        if (group is not null && plural is not null && node.Name() != $"{plural}.{group}")
        {
            yield return FieldProblem.InvalidText("metadata.name", node.Name(), "must be spec.names.plural+\".\"+spec.group");
        }

        if (spec.Text("scope") is not ("Namespaced" or "Cluster") and var scope)
        {
            yield return FieldProblem.NotSupported("spec.scope", scope ?? "", "\"Cluster\", \"Namespaced\"");
        }

        var index = 0;
        foreach (var version in spec.Objects("versions"))
        {
            if (version.Child("schema").Child("openAPIV3Schema") is null)
            {
                yield return FieldProblem.Required($"spec.versions[{index}].schema.openAPIV3Schema", "schemas are required");
            }

            index++;
        }

        if (spec.Objects("versions").Count(v => v.Flag("storage") == true) != 1)
        {
            yield return FieldProblem.Invalid("spec.versions", "[]", "must have exactly one version marked as storage version");
        }
    }

    /// <summary>The type that a definition describes; null when it serves no version.</summary>
    public static ResourceType? TypeOf(JsonObject definition)
    {
        var spec = definition.Child("spec");
        var names = spec.Child("names");
        var versions = spec.Objects("versions").Where(v => v.Flag("served") == true).ToList();
        return versions.Count == 0 ? null : new ResourceType(spec.Text("group")!, names.Text("plural")!, names.Text("kind")!, spec.Text("scope") == "Namespaced")
        {
            Versions = [.. versions.Select(v => v.Text("name")!).Order(VersionOrder.BestFirst)],
            Singular = names.Filled("singular") ?? names.Text("kind")!.ToLowerInvariant(),
            ListKind = names.Filled("listKind") ?? names.Text("kind") + "List",
            ShortNames = [.. names.Texts("shortNames")],
            Categories = [.. names.Texts("categories")],
            HasStatus = versions.Any(v => v.Child("subresources")?["status"] is not null),
            HasGeneration = true,
            IsCustom = true,
        };
    }
}
