using System.Text.Json;

namespace Aeos.Kubernetes.Lists;

/// <summary>The <c>apiVersion</c> and <c>kind</c> that a list's items lack, ready to be put at an item's front.</summary>
internal sealed class ItemHead(string apiVersion, string kind)
{
    private readonly byte[] _apiVersion = Field("apiVersion", apiVersion);
    private readonly byte[] _kind = Field("kind", kind);

    /// <summary>Notes a field of the item, the reader standing on its name.</summary>
    public static ItemFields Note(ref Utf8JsonReader reader, ItemFields fields)
    {
        fields |= ItemFields.Any;
        if (reader.ValueTextEquals("apiVersion"u8))
        {
            fields |= ItemFields.ApiVersion;
        }
        else if (reader.ValueTextEquals("kind"u8))
        {
            fields |= ItemFields.Kind;
        }

        return fields;
    }

    /// <summary>The item with what it lacks; everything behind its opening brace stays as it is.</summary>
    public byte[] Complete(ReadOnlySpan<byte> item, ItemFields fields)
    {
        ReadOnlySpan<byte> first = fields.HasFlag(ItemFields.ApiVersion) ? [] : _apiVersion;
        ReadOnlySpan<byte> second = fields.HasFlag(ItemFields.Kind) ? [] : _kind;
        var commaAfterFirst = first.Length > 0 && (second.Length > 0 || fields.HasFlag(ItemFields.Any));
        var commaAfterSecond = second.Length > 0 && fields.HasFlag(ItemFields.Any);
        var whole = new byte[item.Length + first.Length + second.Length + (commaAfterFirst ? 1 : 0) + (commaAfterSecond ? 1 : 0)];
        whole[0] = (byte)'{';
        var length = 1;
        Append(whole, ref length, first, commaAfterFirst);
        Append(whole, ref length, second, commaAfterSecond);
        Append(whole, ref length, item[1..], comma: false);
        return whole;
    }

    private static void Append(byte[] target, ref int length, ReadOnlySpan<byte> bytes, bool comma)
    {
        bytes.CopyTo(target.AsSpan(length));
        length += bytes.Length;
        if (comma)
        {
            target[length++] = (byte)',';
        }
    }

    private static byte[] Field(string name, string value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString(name, value);
            writer.WriteEndObject();
        }

        // Without the braces.
        return stream.ToArray()[1..^1];
    }
}
