using System.Security.Cryptography;

namespace Aeos.Encryption.AesGcm;

/// <summary>A blob's plaintext, wiped after use.</summary>
internal sealed class OpenedBlob : MemoryStream
{
    private readonly byte[] _bytes;

    public OpenedBlob(byte[] bytes, int start, int length)
        : base(bytes, start, length, writable: false)
        => (_bytes, Memory) = (bytes, bytes.AsMemory(start, length));

    public Memory<byte> Memory { get; }

    protected override void Dispose(bool disposing)
    {
        CryptographicOperations.ZeroMemory(_bytes);
        base.Dispose(disposing);
    }
}
