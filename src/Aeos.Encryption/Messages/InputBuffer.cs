using System.Buffers;
using System.Security.Cryptography;

namespace Aeos.Encryption.Messages;

/// <summary>Bytes of the input that have come and are not yet used up. Rented, and wiped when given back: plaintext has been in it.</summary>
internal sealed class InputBuffer(int capacity) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);
    private int _capacity = capacity;
    private int _start;
    private int _end;

    /// <summary>The input has ended: nothing comes behind <see cref="Available"/>.</summary>
    public bool Ended { get; private set; }

    public int Count => _end - _start;

    public Span<byte> Available => _bytes.AsSpan(_start, Count);

    /// <summary>A part of <see cref="Available"/>.</summary>
    public Memory<byte> Slice(int offset, int length) => _bytes.AsMemory(_start + offset, length);

    /// <summary>Where the next read of the input goes. What is available moves to the front for it; it is less than a frame then.</summary>
    public Memory<byte> Space()
    {
        if (_start > 0)
        {
            Available.CopyTo(_bytes);
            (_start, _end) = (0, Count);
        }

        return _bytes.AsMemory(_end, _capacity - _end);
    }

    /// <summary>Takes note of what a read brought; 0 is the input's end.</summary>
    public void Received(int count)
    {
        _end += count;
        Ended = count == 0;
    }

    public void Consume(int count) => _start += count;

    /// <summary>Makes room for so many bytes in all.</summary>
    public void Grow(int newCapacity)
    {
        var larger = ArrayPool<byte>.Shared.Rent(newCapacity);
        var count = Count;
        Available.CopyTo(larger);
        Return();
        (_bytes, _capacity, _start, _end) = (larger, newCapacity, 0, count);
    }

    public void Dispose()
    {
        Return();
        (_bytes, _capacity, _start, _end) = ([], 0, 0, 0);
    }

    private void Return()
    {
        if (_bytes.Length > 0)
        {
            CryptographicOperations.ZeroMemory(_bytes.AsSpan(0, _capacity));
            ArrayPool<byte>.Shared.Return(_bytes);
        }
    }
}
