using System.Buffers.Binary;
using System.Security.Cryptography;
using Aeos.Encryption.Keys;
using Gcm = System.Security.Cryptography.AesGcm;

namespace Aeos.Encryption.Tests.Messages;

/// <summary>
/// Writes messages whose body is not framed, which Aeos only reads and the JavaScript SDK only reads too. Written from the specification, apart
/// from the code that it tests.
/// </summary>
internal static class NonFramedMessage
{
    public static byte[] Write(WrappingKey key, byte[] plaintext, ulong? claimedLength = null, byte ivEnd = 1, uint frameLength = 0)
    {
        var messageId = RandomNumberGenerator.GetBytes(32);
        var dataKey = RandomNumberGenerator.GetBytes(32);
        var prk = HKDF.Extract(HashAlgorithmName.SHA512, dataKey, messageId);
        using var gcm = new Gcm(HKDF.Expand(HashAlgorithmName.SHA512, prk, 32, [0x04, 0x78, .. "DERIVEKEY"u8]), 16);
        var commitment = HKDF.Expand(HashAlgorithmName.SHA512, prk, 32, "COMMITKEY"u8.ToArray());

        byte[] headerBody = [0x02, 0x04, 0x78, .. messageId, 0, 0, 0, 1, .. WrappedDataKey(key, dataKey), 1, .. BigEndian(frameLength), .. commitment];
        var headerTag = new byte[16];
        gcm.Encrypt(new byte[12], Array.Empty<byte>(), Array.Empty<byte>(), headerTag, headerBody);

        byte[] iv = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ivEnd];
        var ciphertext = new byte[plaintext.Length];
        var tag = new byte[16];
        byte[] aad = [.. messageId, .. "AWSKMSEncryptionClient Single Block"u8, .. BigEndian(1u), .. BigEndian((ulong)plaintext.Length)];
        gcm.Encrypt(iv, plaintext, ciphertext, tag, aad);
        return [.. headerBody, .. headerTag, .. iv, .. BigEndian(claimedLength ?? (ulong)plaintext.Length), .. ciphertext, .. tag];
    }

    private static byte[] WrappedDataKey(WrappingKey key, byte[] dataKey)
    {
        var iv = RandomNumberGenerator.GetBytes(12);
        var wrapped = new byte[32];
        var tag = new byte[16];
        using var gcm = new Gcm(key.Bytes, 16);
        gcm.Encrypt(iv, dataKey, wrapped, tag);
        byte[] info = [.. System.Text.Encoding.UTF8.GetBytes(key.Name), 0, 0, 0, 128, 0, 0, 0, 12, .. iv];
        return [.. Field(System.Text.Encoding.UTF8.GetBytes(key.Namespace)), .. Field(info), .. Field([.. wrapped, .. tag])];
    }

    private static byte[] Field(byte[] bytes) => [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];

    private static byte[] BigEndian(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] BigEndian(ulong number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        return bytes;
    }
}
