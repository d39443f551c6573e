using System.Text.Json.Nodes;

namespace Aeos.Server.Installation;

/// <summary>Begins manifests.</summary>
internal static class Manifest
{
    public static JsonObject Of(string apiVersion, string kind, string name, string? @namespace)
    {
        var metadata = new JsonObject { ["labels"] = Ownership.Labels(), ["name"] = name };
        if (@namespace is not null)
        {
            metadata["namespace"] = @namespace;
        }

        return new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = metadata };
    }

    public static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    public static JsonObject Map(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var map = new JsonObject();
        foreach (var (key, value) in pairs)
        {
            map[key] = value;
        }

        return map;
    }
}
