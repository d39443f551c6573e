using System.Text.Json;
using System.Text.Json.Nodes;
using Aeos.Kubernetes.Errors;

namespace Aeos.Kubernetes.Authentication;

/// <summary>The ExecCredential that goes into a plugin's environment, and the one that comes out of its stdout (client.authentication.k8s.io).</summary>
internal static class ExecMessages
{
    public const string EnvironmentVariable = "KUBERNETES_EXEC_INFO";

    private const string Remedy = "Run the command by hand and look at what it prints; it may need a login or an upgrade.";

    public static string Request(ExecPlugin plugin, bool interactive)
    {
        var spec = new JsonObject { ["interactive"] = interactive };
        if (plugin.Cluster is { } cluster)
        {
            spec["cluster"] = cluster.DeepClone();
        }

        return new JsonObject { ["kind"] = "ExecCredential", ["apiVersion"] = plugin.ApiVersion, ["spec"] = spec }.ToJsonString();
    }

    /// <summary>Reads the answer.</summary>
    /// <exception cref="KubernetesException">It breaks one of the protocol's rules. The answer itself, which holds secrets, is never quoted.</exception>
    public static (Credential Credential, DateTimeOffset? Expiry) Read(ReadOnlyMemory<byte> output, ExecPlugin plugin)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(output);
        }
        catch (JsonException)
        {
            throw Refuse(plugin, "its output is no JSON");
        }

        using (document)
        {
            var root = document.RootElement;
            if (Text(root, "kind", plugin) != "ExecCredential")
            {
                throw Refuse(plugin, "its output is no ExecCredential");
            }

            if (Text(root, "apiVersion", plugin) != plugin.ApiVersion)
            {
                throw Refuse(plugin, $"its output is not of version {plugin.ApiVersion}, with which it is configured");
            }

            if (!root.TryGetProperty("status", out var status) || status.ValueKind != JsonValueKind.Object)
            {
                throw Refuse(plugin, "its output has no status");
            }

            return (ReadCredential(status, plugin), ReadExpiry(status, plugin));
        }
    }

    private static Credential ReadCredential(JsonElement status, ExecPlugin plugin)
    {
        var token = Text(status, "token", plugin);
        var certificatePem = Text(status, "clientCertificateData", plugin);
        var keyPem = Text(status, "clientKeyData", plugin);
        if (certificatePem.Length == 0 != (keyPem.Length == 0))
        {
            throw Refuse(plugin, "it gave only one of clientCertificateData and clientKeyData");
        }

        if (token.Length == 0 && keyPem.Length == 0)
        {
            throw Refuse(plugin, "it gave neither a token nor a client certificate");
        }

        if (token.AsSpan().ContainsAny('\r', '\n'))
        {
            throw Refuse(plugin, "its token has a line break in it");
        }

        var certificate = keyPem.Length == 0 ? null : ClientCertificate.Read(certificatePem, keyPem, $"{plugin.Origin}: exec plugin {plugin.Command}");
        return token.Length == 0 ? new Credential(null, certificate) : Credential.Bearer(token, certificate);
    }

    private static DateTimeOffset? ReadExpiry(JsonElement status, ExecPlugin plugin)
    {
        var text = Text(status, "expirationTimestamp", plugin);
        return text.Length == 0 ? null
            : DateTimeOffset.TryParse(text, null, System.Globalization.DateTimeStyles.AssumeUniversal, out var expiry) ? expiry
            : throw Refuse(plugin, "its expirationTimestamp is no RFC 3339 time");
    }

    private static string Text(JsonElement of, string name, ExecPlugin plugin)
    {
        if (of.ValueKind != JsonValueKind.Object)
        {
            throw Refuse(plugin, "its output is no JSON object");
        }

        return !of.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? ""
            : value.ValueKind == JsonValueKind.String ? value.GetString()!
            : throw Refuse(plugin, $"its {name} is no text");
    }

    private static KubernetesException Refuse(ExecPlugin plugin, string rule)
        => new($"{plugin.Origin}: the exec plugin {plugin.Command} cannot be used: {rule}", Remedy);
}
