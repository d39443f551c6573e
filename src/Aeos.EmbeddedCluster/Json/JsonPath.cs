using System.Text.Json.Nodes;

namespace Aeos.Embedded.Json;

/// <summary>Paths of field names with dots between them.</summary>
internal static class JsonPath
{
    public static JsonNode? Find(JsonNode? node, string path)
    {
        foreach (var step in path.Split('.'))
        {
            node = (node as JsonObject)?[step];
        }

        return node;
    }
}
