using System.Globalization;
using System.Security.Cryptography;
using Aeos.Encryption.Keys;

namespace Aeos.Cli.Keys;

/// <summary>A key made of ASCII letters, as the seed's keygen.py made them, but from a cryptographic generator.</summary>
internal static class AsciiKey
{
    private static ReadOnlySpan<byte> Letters => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8;

    /// <summary>Bits of entropy in one letter: 5.7 instead of a byte's 8.</summary>
    private static double BitsPerLetter => Math.Log2(Letters.Length);

    /// <summary>A new key.</summary>
    /// <param name="bits">128, 192 or 256.</param>
    public static WrappingKey Generate(int bits)
    {
        var letters = GC.AllocateArray<byte>(bits / 8, pinned: true);
        try
        {
            RandomNumberGenerator.GetItems(Letters, letters);
            return WrappingKey.FromBytes(letters);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(letters);
        }
    }

    /// <summary>What the letters cost.</summary>
    public static string Weakness(int bits) => string.Create(
        CultureInfo.InvariantCulture,
        $"a key of {bits / 8} ASCII letters has {bits / 8 * BitsPerLetter:0} bits of strength instead of {bits} ({BitsPerLetter:0.0} bits a letter); leave --ascii away unless something needs letters");
}
