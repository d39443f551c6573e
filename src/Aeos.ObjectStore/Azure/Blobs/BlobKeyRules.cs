using System.Text;

namespace Aeos.ObjectStore.Azure.Blobs;

/// <summary>
/// The names that Azure Blob takes ("Naming and Referencing Containers, Blobs, and Metadata" in the service's REST reference), checked before a request
/// because the service does not refuse all others: some it stores under another name.
/// </summary>
internal static class BlobKeyRules
{
    private const int MaxCharacters = 1024;
    private const int MaxSegments = 254;

    /// <summary>Checks a key that is to be written.</summary>
    /// <exception cref="ObjectKeyRefusedException">The service would refuse or change it.</exception>
    public static void Check(string key)
    {
        if (Broken(key) is { } rule)
        {
            throw new ObjectKeyRefusedException(key, rule);
        }
    }

    /// <summary>
    /// Whether a blob can be called so. Where not there is none, and no request is sent: its URL would be that of another blob.
    /// A name that ends in a slash can be that of a folder's mark, which other programs write.
    /// </summary>
    public static bool CanBe(string key) => Broken(key.TrimEnd('/')) is null;

    /// <summary>The rule that a key breaks, or null.</summary>
    private static string? Broken(string key)
    {
        if (key.Length == 0)
        {
            return "it is empty";
        }

        if (key.Length > MaxCharacters)
        {
            return $"it has {key.Length} characters, Azure Blob takes {MaxCharacters}";
        }

        var segments = key.Split('/');
        if (segments.Length > MaxSegments)
        {
            return $"it has {segments.Length} path segments, Azure Blob takes {MaxSegments}";
        }

        if (key[^1] == '/')
        {
            return "Azure Blob keeps no slash at a name's end";
        }

        return segments.Any(static segment => segment.EndsWith('.'))
            ? "no segment of a blob's name may end in a dot: Azure drops it"
            : BrokenByCharacter(key);
    }

    private static string? BrokenByCharacter(string key)
    {
        for (var rest = key.AsSpan(); rest.Length > 0;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done)
            {
                return "it is not Unicode: half of a surrogate pair stands alone";
            }

            switch (rune.Value)
            {
                case '\\':
                    return "Azure Blob takes a backslash for a slash";
                case 0xFFFE or 0xFFFF:
                    return "U+FFFE and U+FFFF are no characters";
                case var _ when Rune.IsControl(rune):
                    return $"Azure Blob takes no control characters (U+{rune.Value:X4})";
            }

            rest = rest[length..];
        }

        return null;
    }
}
