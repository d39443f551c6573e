using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Aeos.Server.Downloads.Addresses;

/// <summary>
/// Signs addresses: HMAC-SHA-256 over version, location, bucket, key and expiry, each behind its length in bytes (32 bits, big-endian), so that nothing can be moved
/// from one field into the next. Safe to share between threads.
/// </summary>
internal sealed class AddressSigner : IDisposable
{
    /// <summary>The key's length in bytes: 32.</summary>
    public const int KeyLength = 32;

    private readonly byte[] _key = GC.AllocateArray<byte>(KeyLength, pinned: true);

    /// <param name="key">32 random bytes; copied.</param>
    public AddressSigner(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeyLength);
        key.CopyTo(_key);
    }

    /// <summary>The signature, 43 characters of base64url.</summary>
    /// <param name="address">The object.</param>
    /// <param name="expires">Seconds since 1970.</param>
    public string Sign(DownloadAddress address, long expires)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        Append(mac, Encoding.UTF8.GetBytes(AddressPath.Version));
        Append(mac, Encoding.UTF8.GetBytes(address.Location));
        Append(mac, Encoding.UTF8.GetBytes(address.Bucket));
        Append(mac, Encoding.UTF8.GetBytes(address.Key));
        Span<byte> seconds = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(seconds, expires);
        Append(mac, seconds);
        return Base64Url.EncodeToString(mac.GetHashAndReset());
    }

    /// <summary>Whether it is the signature. How long that takes says nothing about how much of it is right.</summary>
    public bool IsSignature(DownloadAddress address, long expires, string signature)
        => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(address, expires)), Encoding.UTF8.GetBytes(signature));

    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    private static void Append(IncrementalHash mac, ReadOnlySpan<byte> field)
    {
        Span<byte> length = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)field.Length);
        mac.AppendData(length);
        mac.AppendData(field);
    }
}
