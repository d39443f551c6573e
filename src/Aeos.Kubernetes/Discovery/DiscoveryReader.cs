using System.Text.Json;

namespace Aeos.Kubernetes.Discovery;

/// <summary>Reads the fields that both forms of discovery are made of; what is absent or of another type is empty.</summary>
internal static class DiscoveryReader
{
    public static string Text(JsonElement of, string name)
        => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    public static IReadOnlyList<string> Texts(JsonElement of, string name)
        => [.. Elements(of, name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];

    public static IEnumerable<JsonElement> Elements(JsonElement of, string name)
        => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray()
            : Enumerable.Empty<JsonElement>();

    public static JsonElement Child(JsonElement of, string name)
        => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value : default;
}
