using System.Buffers.Binary;
using System.Security.Cryptography;
using Gcm = System.Security.Cryptography.AesGcm;

namespace Aeos.Encryption.Messages;

/// <summary>
/// The derived key of one message: authenticates its header and seals its frames. Kept for the whole message, so that
/// a frame costs no allocation and no key schedule.
/// </summary>
internal sealed class MessageCipher : IDisposable
{
    public const int IvLength = 12;
    public const int TagLength = 16;

    private readonly Gcm _gcm;
    private readonly byte[] _regularAad;
    private readonly byte[] _finalAad;
    private readonly byte[] _singleBlockAad;

    private MessageCipher(Gcm gcm, ReadOnlySpan<byte> messageId)
    {
        _gcm = gcm;
        _regularAad = [.. messageId, .. "AWSKMSEncryptionClient Frame"u8, .. new byte[12]];
        _finalAad = [.. messageId, .. "AWSKMSEncryptionClient Final Frame"u8, .. new byte[12]];
        _singleBlockAad = [.. messageId, .. "AWSKMSEncryptionClient Single Block"u8, .. new byte[12]];
    }

    /// <summary>
    /// Derives the message's key and its commitment from the data key (framework/transitive-requirements.md, "HKDF Encryption Key",
    /// "HKDF Commit Key"): one extraction, two expansions.
    /// </summary>
    public static MessageCipher Derive(ReadOnlySpan<byte> dataKey, ReadOnlySpan<byte> messageId, Span<byte> commitment)
    {
        Span<byte> pseudorandomKey = stackalloc byte[SHA512.HashSizeInBytes];
        Span<byte> key = stackalloc byte[32];
        try
        {
            HKDF.Extract(HashAlgorithmName.SHA512, dataKey, messageId, pseudorandomKey);
            HKDF.Expand(HashAlgorithmName.SHA512, pseudorandomKey, key, "\u0004\u0078DERIVEKEY"u8);
            HKDF.Expand(HashAlgorithmName.SHA512, pseudorandomKey, commitment, "COMMITKEY"u8);
            return new MessageCipher(new Gcm(key, TagLength), messageId);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pseudorandomKey);
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>The header's tag. Called once for a message, ever: the format fixes the IV at zero.</summary>
    public void SealHeader(ReadOnlySpan<byte> headerBody, Span<byte> tag)
    {
        Span<byte> iv = stackalloc byte[IvLength];
        iv.Clear();
        _gcm.Encrypt(iv, [], [], tag, headerBody);
    }

    /// <summary>Whether the header is as its writer made it.</summary>
    public bool VerifyHeader(ReadOnlySpan<byte> headerBody, ReadOnlySpan<byte> tag)
    {
        Span<byte> iv = stackalloc byte[IvLength];
        iv.Clear();
        return TryDecrypt(iv, [], tag, [], headerBody);
    }

    /// <summary>Seals a frame; content and ciphertext may be the same memory.</summary>
    public void Seal(FrameKind kind, uint sequenceNumber, ReadOnlySpan<byte> content, Span<byte> ciphertext, Span<byte> tag)
    {
        Span<byte> iv = stackalloc byte[IvLength];
        WriteIv(iv, sequenceNumber);
        _gcm.Encrypt(iv, content, ciphertext, tag, Aad(kind, sequenceNumber, content.Length));
    }

    /// <summary>Opens a frame, or says that it is not as its writer made it; then the content is zeros.</summary>
    public bool TryOpen(FrameKind kind, uint sequenceNumber, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> content)
    {
        Span<byte> iv = stackalloc byte[IvLength];
        WriteIv(iv, sequenceNumber);
        return TryDecrypt(iv, ciphertext, tag, content, Aad(kind, sequenceNumber, content.Length));
    }

    /// <summary>A frame's IV is its sequence number, padded with zeros (client-apis/decrypt.md, "Decrypt the message body").</summary>
    public static void WriteIv(Span<byte> iv, uint sequenceNumber)
    {
        iv[..8].Clear();
        BinaryPrimitives.WriteUInt32BigEndian(iv[8..], sequenceNumber);
    }

    public void Dispose() => _gcm.Dispose();

    private bool TryDecrypt(
        ReadOnlySpan<byte> iv, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> content, ReadOnlySpan<byte> aad)
    {
        try
        {
            _gcm.Decrypt(iv, ciphertext, tag, content, aad);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            CryptographicOperations.ZeroMemory(content);
            return false;
        }
    }

    private byte[] Aad(FrameKind kind, uint sequenceNumber, int contentLength)
    {
        var aad = kind switch
        {
            FrameKind.Regular => _regularAad,
            FrameKind.Final => _finalAad,
            _ => _singleBlockAad,
        };
        BinaryPrimitives.WriteUInt32BigEndian(aad.AsSpan(aad.Length - 12), sequenceNumber);
        BinaryPrimitives.WriteUInt64BigEndian(aad.AsSpan(aad.Length - 8), (ulong)contentLength);
        return aad;
    }
}
