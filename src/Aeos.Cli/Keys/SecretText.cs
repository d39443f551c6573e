using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Aeos.Cli.Keys;

/// <summary>Text with a key in it: built in one pinned buffer that is wiped, never in a string.</summary>
internal sealed class SecretText : IDisposable
{
    // The longest output is a Secret manifest with two names of at most 253 characters.
    private const int Capacity = 2048;

    private readonly byte[] _buffer = GC.AllocateArray<byte>(Capacity, pinned: true);
    private int _length;

    /// <summary>What was appended.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Appends text that is no secret.</summary>
    public SecretText Append(string text)
    {
        _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
        return this;
    }

    /// <summary>Appends bytes as they are.</summary>
    public SecretText Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
        return this;
    }

    /// <summary>Appends bytes in base64, padded.</summary>
    public SecretText AppendBase64(ReadOnlySpan<byte> bytes)
    {
        Base64.EncodeToUtf8(bytes, _buffer.AsSpan(_length), out _, out var written);
        _length += written;
        return this;
    }

    /// <summary>Wipes it.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_buffer);
}
