using System.Text;

namespace Aeos.ObjectStore.Filesystem;

/// <summary>Which keys a folder can hold as paths, as they are: nothing is escaped, so that the files can be read without Aeos.</summary>
internal static class KeyRules
{
    /// <summary>Bytes of UTF-8 that a file's name may have on the usual filesystems (NAME_MAX).</summary>
    public const int LongestName = 255;

    /// <summary>Bytes that a path may have, with the zero that ends it (Linux, PATH_MAX).</summary>
    public const int LongestPath = 4096;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The rule that the key breaks, in words for a person; null when it can be held.</summary>
    /// <param name="key">The key.</param>
    /// <param name="folder">The path of the bucket's folder, which counts to the path's length.</param>
    public static string? Broken(string key, string folder)
    {
        if (key.Length == 0)
        {
            return "it is empty";
        }

        if (key.Contains('\0', StringComparison.Ordinal))
        {
            return "a file's name cannot hold a zero byte";
        }

        int length;
        try
        {
            length = StrictUtf8.GetByteCount(key);
        }
        catch (EncoderFallbackException)
        {
            return "it is not valid Unicode (half of a surrogate pair)";
        }

        if (length + Encoding.UTF8.GetByteCount(folder) + 2 > LongestPath)
        {
            return $"its path would be longer than {LongestPath - 1} bytes";
        }

        var isFirst = true;
        foreach (var range in key.AsSpan().Split('/'))
        {
            var rule = BrokenByName(key.AsSpan(range), isFirst);
            if (rule is not null)
            {
                return rule;
            }

            isFirst = false;
        }

        return null;
    }

    private static string? BrokenByName(ReadOnlySpan<char> name, bool isFirst) => name switch
    {
        "" => "a slash at its beginning or end, or two in a row, would be a file without a name",
        "." or ".." => "a segment \".\" or \"..\" means another folder in a path",
        UnfinishedObjects.FolderName when isFirst => $"the folder \"{UnfinishedObjects.FolderName}\" is kept for objects that are being written",
        _ when Encoding.UTF8.GetByteCount(name) > LongestName => $"a segment is longer than {LongestName} bytes of UTF-8",
        _ => null,
    };
}
