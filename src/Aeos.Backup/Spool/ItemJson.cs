using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Aeos.Backup.Spool;

/// <summary>What an archive's entry must be, so that nothing of it can fail later in the middle of a restore.</summary>
internal static class ItemJson
{
    /// <summary>How deep an object may nest. What is deeper is no object of a cluster, and would exhaust the stack of who walks through it.</summary>
    public const int MaxDepth = 512;

    /// <summary>Reads it to its end: one object in UTF-8, without half characters in escapes.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    /// <exception cref="InvalidOperationException">An escape is half a character.</exception>
    public static void Check(ReadOnlySpan<byte> content)
    {
        if (!Utf8.IsValid(content))
        {
            throw new JsonException("not UTF-8");
        }

        var reader = new Utf8JsonReader(content, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("not an object");
        }

        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                CheckEscapes(ref reader);
            }
        }
    }

    private static void CheckEscapes(ref Utf8JsonReader reader)
    {
        var unescaped = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            reader.CopyString(unescaped);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(unescaped);
        }
    }
}
