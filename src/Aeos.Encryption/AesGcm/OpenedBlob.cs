using System.Security.Cryptography;

namespace Aeos.Encryption.AesGcm;

/// <summary>A blob's plaintext, wiped after use.</summary>
internal sealed class OpenedBlob(Memory<byte> memory) : IDisposable
{
    public Memory<byte> Memory { get; } = memory;

    public void Dispose() => CryptographicOperations.ZeroMemory(Memory.Span);
}
