using System.Text;

namespace Aeos.Backup.Hooks;

/// <summary>Keeps the first 16 KiB of what a command prints, and counts the rest: a command may print without end.</summary>
internal sealed class BoundedOutput : Stream
{
    private const int KeptBytes = 16 * 1024;

    private readonly MemoryStream _kept = new();
    private long _total;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _total;

    public override long Position
    {
        get => _total;
        set => throw new NotSupportedException();
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _total += buffer.Length;
        _kept.Write(buffer[..(int)Math.Min(buffer.Length, KeptBytes - _kept.Length)]);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>What was printed, with a note where it was cut.</summary>
    public override string ToString()
    {
        var text = Encoding.UTF8.GetString(_kept.GetBuffer(), 0, (int)_kept.Length);
        return _total > _kept.Length ? $"{text}… ({_total - _kept.Length} bytes more)" : text;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
