using System.Buffers;
using System.Runtime.InteropServices;

namespace Aeos.ObjectStore.Azure.Blobs;

/// <summary>
/// The bytes of one block. They live outside the managed heap: a limit on that heap need not know the block size, pages that a small
/// object never touches cost nothing, and the memory goes back as soon as nobody reads it any more.
/// </summary>
internal sealed unsafe class BlockBuffer : MemoryManager<byte>
{
    private static long _allocatedBytes;

    private readonly int _size;
    private byte* _bytes;
    private int _holders = 1;

    /// <summary>Takes memory for a block, not cleared.</summary>
    /// <param name="size">Bytes.</param>
    public BlockBuffer(int size)
    {
        _size = size;
        _bytes = (byte*)NativeMemory.Alloc((nuint)size);
        Interlocked.Add(ref _allocatedBytes, size);
        Memory = CreateMemory(size);
    }

    /// <summary>Bytes of all blocks that are there now, for counting.</summary>
    public static long AllocatedBytes => Interlocked.Read(ref _allocatedBytes);

    /// <summary>The whole block.</summary>
    public override Memory<byte> Memory { get; }

    /// <summary>How many bytes have been filled.</summary>
    public int Length { get; private set; }

    /// <summary>Whether no byte fits any more.</summary>
    public bool IsFull => Length == _size;

    /// <summary>What has been filled.</summary>
    public ReadOnlyMemory<byte> Filled => Memory[..Length];

    /// <summary>Takes as much as fits and says how much that was.</summary>
    public int Fill(ReadOnlySpan<byte> source)
    {
        var count = Math.Min(source.Length, _size - Length);
        source[..count].CopyTo(GetSpan()[Length..]);
        Length += count;
        return count;
    }

    /// <summary>Makes the buffer empty, for the next block.</summary>
    public void Clear() => Length = 0;

    /// <summary>
    /// Keeps the memory while a request reads it. A request that was cancelled may read for a moment longer than its caller waits.
    /// </summary>
    public void Hold()
    {
        ObjectDisposedException.ThrowIf(Interlocked.Increment(ref _holders) == 1, this);
    }

    /// <summary>Lets go of the memory; the last one frees it.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            Dispose(disposing: true);
        }
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(_bytes == null, this);
        return new Span<byte>(_bytes, _size);
    }

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(_bytes + elementIndex);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (_bytes != null)
        {
            NativeMemory.Free(_bytes);
            _bytes = null;
            Interlocked.Add(ref _allocatedBytes, -_size);
        }
    }
}
