using System.Security.Cryptography;

namespace Aeos.Encryption.AesGcm;

/// <summary>An input that is held in memory whole, up to a bound, with room around it. Wiped after use: it may be plaintext.</summary>
internal sealed class WholeInput(int reservedBefore, int reservedAfter) : IDisposable
{
    private const int FirstLength = 64 * 1024;

    private byte[] _bytes = [];
    private int _length;

    /// <summary>The input with the reserved bytes before and after it.</summary>
    public Memory<byte> Whole => _bytes.AsMemory(0, reservedBefore + _length + reservedAfter);

    /// <summary>Reads the input to its end, or says that it is longer than the limit.</summary>
    public async ValueTask<bool> ReadAsync(Stream input, int limit, CancellationToken cancellationToken)
    {
        // One byte more than the limit shows that the input passes it; one more than a known length shows its end.
        var expected = input.CanSeek ? Math.Max(0, input.Length - input.Position) : FirstLength;
        if (input.CanSeek && expected > limit)
        {
            return false;
        }

        Resize((int)Math.Min(expected, limit) + 1);
        while (true)
        {
            var room = _bytes.Length - reservedBefore - reservedAfter - _length;
            if (room == 0)
            {
                Resize((int)Math.Min(Math.Max(_length, FirstLength) * 2L, limit + 1L));
                continue;
            }

            var read = await input.ReadAsync(_bytes.AsMemory(reservedBefore + _length, room), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return true;
            }

            _length += read;
            if (_length > limit)
            {
                return false;
            }
        }
    }

    /// <summary>Hands the bytes over: whoever has them wipes them.</summary>
    public byte[] Take()
    {
        var bytes = _bytes;
        _bytes = [];
        return bytes;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);

    private void Resize(int room)
    {
        var larger = GC.AllocateUninitializedArray<byte>(reservedBefore + room + reservedAfter);
        _bytes.AsSpan(0, Math.Min(_bytes.Length, reservedBefore + _length)).CopyTo(larger);
        CryptographicOperations.ZeroMemory(_bytes);
        _bytes = larger;
    }
}
