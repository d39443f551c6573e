using System.Buffers.Binary;
using System.Security.Cryptography;
using Aeos.Encryption.Keys;

namespace Aeos.Encryption.Messages;

/// <summary>
/// Begins a message: draws its id and its data key, wraps that, and writes the header. Data key and id serve this one header
/// and are gone with it, because the format fixes the header's IV at zero: a second header under them would repeat a nonce.
/// </summary>
internal static class HeaderWriter
{
    public static (byte[] Header, MessageCipher Cipher) Create(Keyring keyring, EncryptionContext context, int frameLength)
    {
        Span<byte> messageId = stackalloc byte[HeaderLayout.MessageIdLength];
        Span<byte> dataKey = stackalloc byte[DataKeyWrapping.DataKeyLength];
        RandomNumberGenerator.Fill(messageId);
        RandomNumberGenerator.Fill(dataKey);
        try
        {
            return Create(keyring, context, frameLength, messageId, dataKey);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    private static (byte[] Header, MessageCipher Cipher) Create(
        Keyring keyring, EncryptionContext context, int frameLength, ReadOnlySpan<byte> messageId, ReadOnlySpan<byte> dataKey)
    {
        var serializedContext = context.Serialize();
        var dataKeys = new EncryptedDataKey[keyring.EncryptionKeys.Count];
        var length = HeaderLayout.PrefixLength + HeaderLayout.MessageIdLength + 2 + serializedContext.Length + 2 + HeaderLayout.SuffixLength;
        for (var i = 0; i < dataKeys.Length; i++)
        {
            dataKeys[i] = DataKeyWrapping.Wrap(keyring.EncryptionKeys[i], dataKey, serializedContext);
            length += 6 + dataKeys[i].ProviderId.Length + dataKeys[i].ProviderInfo.Length + dataKeys[i].Ciphertext.Length;
        }

        if (length > MessageLimits.HeaderLength)
        {
            throw new AeosException(
                $"The message's header would have {length} bytes; {MessageLimits.HeaderLength} are allowed",
                "Use a smaller encryption context, shorter key names, or fewer keys.");
        }

        var header = new byte[length];
        var rest = header.AsSpan();
        rest[0] = HeaderLayout.Version;
        rest = rest[1..];
        WriteUInt16(ref rest, AlgorithmSuite.Committing);
        WriteBytes(ref rest, messageId);
        WriteField(ref rest, serializedContext);
        WriteUInt16(ref rest, dataKeys.Length);
        foreach (var entry in dataKeys)
        {
            WriteField(ref rest, entry.ProviderId.Span);
            WriteField(ref rest, entry.ProviderInfo.Span);
            WriteField(ref rest, entry.Ciphertext.Span);
        }

        rest[0] = HeaderLayout.Framed;
        BinaryPrimitives.WriteUInt32BigEndian(rest[1..], (uint)frameLength);
        var cipher = MessageCipher.Derive(dataKey, messageId, commitment: rest.Slice(5, AlgorithmSuite.CommitmentLength));
        cipher.SealHeader(header.AsSpan(..^MessageCipher.TagLength), header.AsSpan(^MessageCipher.TagLength..));
        return (header, cipher);
    }

    private static void WriteField(ref Span<byte> rest, ReadOnlySpan<byte> field)
    {
        WriteUInt16(ref rest, field.Length);
        WriteBytes(ref rest, field);
    }

    private static void WriteUInt16(ref Span<byte> rest, int number)
    {
        BinaryPrimitives.WriteUInt16BigEndian(rest, checked((ushort)number));
        rest = rest[2..];
    }

    private static void WriteBytes(ref Span<byte> rest, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(rest);
        rest = rest[bytes.Length..];
    }
}
