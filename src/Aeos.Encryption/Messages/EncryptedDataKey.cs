using System.Buffers.Binary;
using System.Text;

namespace Aeos.Encryption.Messages;

/// <summary>One wrapped data key of a header, as it stands there (message-header.md, "Encrypted Data Key Entries").</summary>
internal sealed record EncryptedDataKey(ReadOnlyMemory<byte> ProviderId, ReadOnlyMemory<byte> ProviderInfo, ReadOnlyMemory<byte> Ciphertext)
{
    /// <summary>Behind the key's name in the provider information of a raw AES keyring: tag length in bits, IV length, IV.</summary>
    public const int RawAesSuffixLength = 4 + 4 + 12;

    /// <summary>Whether the provider information has the shape that the raw AES keyring gives it, with its only tag and IV lengths.</summary>
    public bool IsRawAes => ProviderInfo.Length >= RawAesSuffixLength
        && BinaryPrimitives.ReadUInt32BigEndian(Suffix) == 128
        && BinaryPrimitives.ReadUInt32BigEndian(Suffix[4..]) == 12;

    /// <summary>The IV that the data key was wrapped under; only when <see cref="IsRawAes"/>.</summary>
    public ReadOnlySpan<byte> Iv => Suffix[8..];

    /// <summary>The key's name in bytes: what stands before the suffix, or for another provider all of the information.</summary>
    public ReadOnlySpan<byte> NameBytes => IsRawAes ? ProviderInfo.Span[..^RawAesSuffixLength] : ProviderInfo.Span;

    /// <summary>Namespace and name for people; what is not UTF-8 shows as U+FFFD.</summary>
    public (string Namespace, string Name) Recipient => (Encoding.UTF8.GetString(ProviderId.Span), Encoding.UTF8.GetString(NameBytes));

    private ReadOnlySpan<byte> Suffix => ProviderInfo.Span[^RawAesSuffixLength..];
}
