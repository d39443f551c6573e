using System.Text.Json;
using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Backups;

/// <summary>Reads single fields out of an object's bytes, without a tree.</summary>
internal static class JsonField
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1000 };

    /// <summary>The text in <c>OUTER.INNER</c>; null when there is none.</summary>
    public static string? Text(KubernetesObject item, string outer, string inner)
    {
        var reader = new Utf8JsonReader(item.Json.Span, Options);
        return Seek(ref reader, outer, inner) && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }

    /// <summary>Whether there is a field <c>OUTER.INNER</c>.</summary>
    public static bool Has(KubernetesObject item, string outer, string inner)
    {
        var reader = new Utf8JsonReader(item.Json.Span, Options);
        return Seek(ref reader, outer, inner);
    }

    private static bool Seek(ref Utf8JsonReader reader, string outer, string inner)
    {
        reader.Read();
        return Enter(ref reader, outer) && reader.TokenType == JsonTokenType.StartObject && Enter(ref reader, inner);
    }

    // From the start of an object to the value of one of its fields.
    private static bool Enter(ref Utf8JsonReader reader, string name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            if (found)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }
}
