using System.Buffers.Binary;
using System.Security.Cryptography;
using Aeos.Encryption.Keys;
using Gcm = System.Security.Cryptography.AesGcm;

namespace Aeos.Encryption.Messages;

/// <summary>Wraps and unwraps data keys as the raw AES keyring does (specification, framework/raw-aes-keyring.md).</summary>
internal static class DataKeyWrapping
{
    /// <summary>Bytes of a data key: the key derivation input of suite 0x0478.</summary>
    public const int DataKeyLength = 32;

    private const int TagLength = 16;
    private const int IvLength = 12;

    /// <summary>Wraps the data key; the serialised context is authenticated with it.</summary>
    public static EncryptedDataKey Wrap(WrappingKey key, ReadOnlySpan<byte> dataKey, ReadOnlySpan<byte> serializedContext)
    {
        var info = new byte[key.NameBytes.Length + EncryptedDataKey.RawAesSuffixLength];
        key.NameBytes.CopyTo(info, 0);
        var suffix = info.AsSpan(key.NameBytes.Length);
        BinaryPrimitives.WriteUInt32BigEndian(suffix, TagLength * 8);
        BinaryPrimitives.WriteUInt32BigEndian(suffix[4..], IvLength);
        var iv = suffix[8..];
        RandomNumberGenerator.Fill(iv);

        var wrapped = new byte[dataKey.Length + TagLength];
        using var gcm = new Gcm(key.Bytes, TagLength);
        gcm.Encrypt(iv, dataKey, wrapped.AsSpan(0, dataKey.Length), wrapped.AsSpan(dataKey.Length), serializedContext);
        return new EncryptedDataKey(key.NamespaceBytes, info, wrapped);
    }

    /// <summary>Whether the entry names the key (OnDecrypt's conditions for an attempt).</summary>
    public static bool Names(EncryptedDataKey entry, WrappingKey key) =>
        entry.IsRawAes
        && entry.ProviderId.Span.SequenceEqual(key.NamespaceBytes)
        && entry.NameBytes.SequenceEqual(key.NameBytes);

    /// <summary>Unwraps the data key, or says that the key does not open the entry.</summary>
    public static bool TryUnwrap(EncryptedDataKey entry, WrappingKey key, ReadOnlySpan<byte> serializedContext, Span<byte> dataKey)
    {
        var wrapped = entry.Ciphertext.Span;
        if (wrapped.Length != dataKey.Length + TagLength)
        {
            return false;
        }

        using var gcm = new Gcm(key.Bytes, TagLength);
        try
        {
            gcm.Decrypt(entry.Iv, wrapped[..dataKey.Length], wrapped[dataKey.Length..], dataKey, serializedContext);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }
}
