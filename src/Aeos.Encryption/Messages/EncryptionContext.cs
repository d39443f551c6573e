using System.Buffers.Binary;
using System.Text;

namespace Aeos.Encryption.Messages;

/// <summary>
/// The encryption context: authenticated, not secret, pairs of text that travel in a message's header. Immutable, no duplicate
/// keys, serialised in the order of the keys' UTF-8 bytes (message format, "Key Value Pairs").
/// </summary>
public sealed class EncryptionContext
{
    /// <summary>The pair that binds a message to an object: its key relative to the location's prefix.</summary>
    public const string ObjectKey = "object";

    /// <summary>The pair that keeps clusters that share a key apart.</summary>
    public const string DomainKey = "domain";

    private const string ReservedPrefix = "aws-crypto-";
    private const string Remedy = "Use fewer or shorter pairs of plain text, each key once.";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly KeyValuePair<string, string>[] _pairs;

    private EncryptionContext(KeyValuePair<string, string>[] pairs) => _pairs = pairs;

    /// <summary>No pairs.</summary>
    public static EncryptionContext Empty { get; } = new([]);

    /// <summary>The pairs, in the order of their keys' UTF-8 bytes.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs => _pairs;

    /// <summary>Makes a context.</summary>
    /// <exception cref="AeosException">A key twice or empty, text that is not valid Unicode, a reserved prefix <c>aws-crypto-</c>, or more than fits a header.</exception>
    public static EncryptionContext Create(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        KeyValuePair<string, string>[] sorted = [.. pairs];
        var length = 2;
        foreach (var (key, value) in sorted)
        {
            length += 4 + EncodedLength(key) + EncodedLength(value);
            RefuseReservedKey(key);
        }

        if (length > ushort.MaxValue)
        {
            throw new AeosException($"The encryption context has {length} bytes; a header has room for 65,535", Remedy);
        }

        if (!TrySort(sorted, out var twice))
        {
            throw new AeosException($"The encryption context has the key {Printable.Quote(twice)} twice", Remedy);
        }

        return sorted.Length == 0 ? Empty : new EncryptionContext(sorted);
    }

    /// <summary>Looks a value up.</summary>
    public bool TryGetValue(string key, out string? value)
    {
        foreach (var pair in _pairs)
        {
            if (string.Equals(pair.Key, key, StringComparison.Ordinal))
            {
                value = pair.Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    /// <summary>
    /// The context as it is authenticated: empty for no pairs, otherwise their count, then each (structures.md, "Serialization").
    /// </summary>
    internal byte[] Serialize()
    {
        if (_pairs.Length == 0)
        {
            return [];
        }

        using var serialized = new MemoryStream();
        Span<byte> number = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(number, (ushort)_pairs.Length);
        serialized.Write(number);
        foreach (var (key, value) in _pairs)
        {
            WriteText(serialized, key);
            WriteText(serialized, value);
        }

        return serialized.ToArray();
    }

    /// <summary>
    /// Reads the context of a header: UTF-8, no key twice, filling its length. The order is not checked: what is authenticated is the
    /// bytes as they stand.
    /// </summary>
    internal static EncryptionContext Parse(ReadOnlySpan<byte> serialized)
    {
        if (serialized.IsEmpty)
        {
            return Empty;
        }

        if (serialized.Length < 2)
        {
            throw Refusal.Malformed("its encryption context is cut");
        }

        int count = BinaryPrimitives.ReadUInt16BigEndian(serialized);
        serialized = serialized[2..];
        if (count == 0)
        {
            throw Refusal.Malformed("its encryption context has a length and no pairs");
        }

        // Each pair takes four bytes at least: what the count claims is not allocated before it can be true.
        if (count > serialized.Length / 4)
        {
            throw Refusal.Malformed("its encryption context has fewer pairs than it says");
        }

        var pairs = new KeyValuePair<string, string>[count];
        for (var i = 0; i < count; i++)
        {
            var key = TakeText(ref serialized);
            pairs[i] = KeyValuePair.Create(key, TakeText(ref serialized));
        }

        if (!serialized.IsEmpty)
        {
            throw Refusal.Malformed("its encryption context does not fill its length");
        }

        if (!TrySort(pairs, out var twice))
        {
            throw Refusal.Malformed($"its encryption context has the key {Printable.Quote(twice)} twice");
        }

        return new EncryptionContext(pairs);
    }

    private static bool TrySort(KeyValuePair<string, string>[] pairs, out string twice)
    {
        // Code point order is the order of the UTF-8 bytes; ordinal order, of UTF-16, differs from it beyond U+FFFF.
        Array.Sort(pairs, static (a, b) => CompareUtf8(a.Key, b.Key));
        for (var i = 1; i < pairs.Length; i++)
        {
            if (string.Equals(pairs[i - 1].Key, pairs[i].Key, StringComparison.Ordinal))
            {
                twice = pairs[i].Key;
                return false;
            }
        }

        twice = "";
        return true;
    }

    private static int CompareUtf8(string a, string b)
    {
        var left = a.EnumerateRunes();
        var right = b.EnumerateRunes();
        while (true)
        {
            var (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
            if (!hasLeft || !hasRight)
            {
                return hasLeft.CompareTo(hasRight);
            }

            var order = left.Current.CompareTo(right.Current);
            if (order != 0)
            {
                return order;
            }
        }
    }

    private static void RefuseReservedKey(string key)
    {
        if (key.Length == 0)
        {
            throw new AeosException("The encryption context has an empty key", Remedy);
        }

        if (key.StartsWith(ReservedPrefix, StringComparison.Ordinal))
        {
            throw new AeosException(
                $"The encryption context's key {Printable.Quote(key)} begins with \"{ReservedPrefix}\", which the message format keeps for itself",
                "Use another key.");
        }
    }

    private static int EncodedLength(string text)
    {
        try
        {
            return StrictUtf8.GetByteCount(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new AeosException("The encryption context has text that is not valid Unicode", Remedy, e);
        }
    }

    private static void WriteText(MemoryStream serialized, string text)
    {
        var bytes = StrictUtf8.GetBytes(text);
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)bytes.Length);
        serialized.Write(length);
        serialized.Write(bytes);
    }

    private static string TakeText(ref ReadOnlySpan<byte> serialized)
    {
        if (serialized.Length < 2 || BinaryPrimitives.ReadUInt16BigEndian(serialized) > serialized.Length - 2)
        {
            throw Refusal.Malformed("its encryption context is cut");
        }

        var end = 2 + BinaryPrimitives.ReadUInt16BigEndian(serialized);
        var text = serialized[2..end];
        serialized = serialized[end..];
        try
        {
            return StrictUtf8.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            throw Refusal.Malformed("its encryption context is not UTF-8");
        }
    }
}
