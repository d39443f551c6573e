namespace Aeos.Encryption.Keys;

/// <summary>
/// Base64 without leniency except that padding may be missing: no blanks, no other alphabet's characters, no bits left over. Works on
/// bytes in place of strings, so that a key's text can be wiped.
/// </summary>
internal static class StrictBase64
{
    /// <summary>Decodes text of the alphabet that ends in <c>+/</c>, or for <paramref name="url"/> in <c>-_</c>.</summary>
    /// <returns>False when the text is not base64 or does not fit the destination.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> text, bool url, Span<byte> destination, out int length)
    {
        length = 0;
        var unpadded = text.TrimEnd((byte)'=');
        var padding = text.Length - unpadded.Length;
        var leftover = unpadded.Length % 4;
        if (leftover == 1 || (padding > 0 && (text.Length % 4 != 0 || padding > 2)) || unpadded.Length * 3L / 4 > destination.Length)
        {
            return false;
        }

        uint bits = 0;
        var count = 0;
        foreach (var character in unpadded)
        {
            var value = ValueOf(character, url);
            if (value < 0)
            {
                return false;
            }

            bits = (bits << 6) | (uint)value;
            count += 6;
            if (count >= 8)
            {
                count -= 8;
                destination[length++] = (byte)(bits >> count);
            }
        }

        return (bits & ((1u << count) - 1)) == 0;
    }

    private static int ValueOf(byte character, bool url) => character switch
    {
        >= (byte)'A' and <= (byte)'Z' => character - 'A',
        >= (byte)'a' and <= (byte)'z' => character - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => character - '0' + 52,
        (byte)'+' when !url => 62,
        (byte)'/' when !url => 63,
        (byte)'-' when url => 62,
        (byte)'_' when url => 63,
        _ => -1,
    };
}
