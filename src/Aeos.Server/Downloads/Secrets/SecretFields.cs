using System.Text;
using System.Text.Json;

namespace Aeos.Server.Downloads.Secrets;

/// <summary>The fields of a Secret. Their contents are never printed.</summary>
internal sealed class SecretFields
{
    private readonly Dictionary<string, byte[]> _fields = new(StringComparer.Ordinal);

    /// <summary>A field's content; null when it is not there.</summary>
    public byte[]? this[string name]
    {
        get => _fields.GetValueOrDefault(name);
        init => _fields[name] = value ?? throw new ArgumentNullException(name);
    }

    /// <summary>A field's content as text; empty when it is not there.</summary>
    public string Text(string name) => _fields.TryGetValue(name, out var found) ? Encoding.UTF8.GetString(found) : "";

    /// <summary>Reads the fields out of a Secret's JSON. What is not base64 is left out.</summary>
    public static SecretFields Read(ReadOnlySpan<byte> json)
    {
        var fields = new SecretFields();
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.CurrentDepth == 1 && !reader.ValueTextEquals("data"u8))
            {
                reader.Skip();
            }
            else if (reader.CurrentDepth == 2)
            {
                var name = reader.GetString()!;
                reader.Read();
                if (reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var content))
                {
                    fields._fields[name] = content;
                }
            }
        }

        return fields;
    }

    /// <summary>Writes the fields as the members of <c>data</c>.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        foreach (var (name, content) in _fields)
        {
            writer.WriteBase64String(name, content);
        }
    }
}
