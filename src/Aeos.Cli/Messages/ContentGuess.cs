using System.Text.Unicode;

namespace Aeos.Cli.Messages;

/// <summary>Says what content that is no message looks like, by its first bytes.</summary>
internal static class ContentGuess
{
    /// <summary>How many first bytes are looked at: a tar archive shows itself at byte 257.</summary>
    public const int Length = 512;

    private const int TarMagicOffset = 257;

    /// <summary>
    /// Whether the content claims to be a message of the AWS Encryption SDK, of whatever version and suite (message format, "Header": version 1
    /// begins <c>01 80</c>, version 2 with a suite of <c>04</c> or <c>05</c> and <c>78</c>).
    /// </summary>
    public static bool ClaimsToBeMessage(ReadOnlySpan<byte> first) =>
        first.StartsWith((ReadOnlySpan<byte>)[0x01, 0x80]) || first.StartsWith((ReadOnlySpan<byte>)[0x02, 0x04]) || first.StartsWith((ReadOnlySpan<byte>)[0x02, 0x05]);

    /// <summary>What it looks like, and what to do.</summary>
    public static (string Looks, string Remedy) Of(ReadOnlySpan<byte> first)
    {
        if (first.IsEmpty)
        {
            return ("it is empty", "An encrypted message is never empty: check where it came from.");
        }

        if (first.StartsWith("aeos-key-1:"u8))
        {
            return ("it is a key", "Keep it secret. \"aeos keygen --from FILE\" shows its hash and its name.");
        }

        if (first.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
        {
            return ("it looks like a gzip archive that is not encrypted", "Read it with \"tar -tzf FILE\" or \"gunzip\".");
        }

        if (first.Length >= TarMagicOffset + 5 && first[TarMagicOffset..].StartsWith("ustar"u8))
        {
            return ("it looks like a tar archive that is not encrypted", "Read it with \"tar -tf FILE\".");
        }

        if (first.StartsWith("age-encryption.org/"u8))
        {
            return ("it is encrypted with age", "Decrypt it with age.");
        }

        if (first.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd]) || first.StartsWith("PK\x03\x04"u8))
        {
            return ("it looks like a compressed file that is not encrypted", "Unpack it with zstd or unzip.");
        }

        return IsText(first)
            ? ("it looks like text that is not encrypted", "Read it as it is.")
            : ("its first bytes mean nothing known", "The proposal's aes-gcm archives look so: if it is one, try \"aeos decrypt --format aes-gcm --key-file FILE\".");
    }

    private static bool IsText(ReadOnlySpan<byte> first)
    {
        foreach (var value in first)
        {
            if (value < 0x20 && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f'))
            {
                return false;
            }
        }

        // The last character may be cut.
        for (var cut = 0; cut < 4 && cut < first.Length; cut++)
        {
            if (Utf8.IsValid(first[..^cut]))
            {
                return true;
            }
        }

        return false;
    }
}
