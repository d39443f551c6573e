using System.Text;
using System.Text.Json;
using Aeos.Kubernetes.Objects;

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

    /// <summary>Reads fields of a Secret. What is not there or not base64 is left out.</summary>
    public static SecretFields Read(KubernetesObject secret, IEnumerable<string> names)
    {
        var fields = new SecretFields();
        foreach (var name in names)
        {
            try
            {
                if (SecretField.Read(secret, name) is { } content)
                {
                    fields._fields[name] = content;
                }
            }
            catch (FormatException)
            {
                // Whoever needs it says that it is not usable.
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
