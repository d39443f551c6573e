using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Aeos.Cli.Files;

/// <summary>
/// An open file, pipe or device, read or written with plain system calls. .NET's own streams do not serve: a <see cref="FileStream"/> on a descriptor that
/// is shared with other processes keeps a position of its own and would overwrite what they wrote; its asynchronous calls move each one to
/// another thread, which costs more than the call; and the console's stream takes a closed pipe for success.
/// </summary>
/// <param name="handle">Taken over.</param>
/// <param name="name">For errors: a path, or <c>standard input</c>.</param>
/// <param name="access">Read or write.</param>
/// <param name="waits">
/// Whether a read may wait for somebody (pipe, terminal): then it looks every <see cref="PatienceMilliseconds"/> whether the work was cancelled.
/// </param>
internal sealed class DescriptorStream(SafeFileHandle handle, string name, FileAccess access, bool waits) : Stream
{
    private const int Interrupted = 4; // EINTR, on Linux and macOS alike
    private const int BrokenPipe = 32; // EPIPE, likewise
    private const short PollIn = 1;
    private const short PollOut = 4;

    // Waiting here, and not on another thread for each read, costs a fast pipe less CPU time and allocates nothing.
    private const int PatienceMilliseconds = 100;

    private static readonly int TryAgain = OperatingSystem.IsMacOS() ? 35 : 11; // EAGAIN

    public override bool CanRead => access == FileAccess.Read;

    public override bool CanSeek => false;

    public override bool CanWrite => access == FileAccess.Write;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            var count = SystemCalls.Read(handle, buffer, buffer.Length);
            if (count >= 0)
            {
                return (int)count;
            }

            ThrowUnlessRepeatable(PollIn, "reading from");
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var count = SystemCalls.Write(handle, buffer, buffer.Length);
            if (count >= 0)
            {
                buffer = buffer[(int)count..];
            }
            else
            {
                ThrowUnlessRepeatable(PollOut, "writing to");
            }
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
        while (waits && Poll(PollIn, PatienceMilliseconds) == 0);

        return new(Read(buffer.Span));
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            handle.Dispose();
        }

        base.Dispose(disposing);
    }

    private void ThrowUnlessRepeatable(short events, string doing)
    {
        var error = Marshal.GetLastPInvokeError();
        if (error == TryAgain)
        {
            _ = Poll(events, Timeout.Infinite);
        }
        else if (error == BrokenPipe)
        {
            throw new AeosException($"{name} was closed by its reader before everything was written", "Check the command behind the pipe.");
        }
        else if (error != Interrupted)
        {
            throw new IOException($"{doing} {name} failed: {Marshal.GetPInvokeErrorMessage(error)}", error);
        }
    }

    // 0 when the time passed without anything to read or to write.
    private int Poll(short events, int milliseconds)
    {
        var request = new PollRequest { Descriptor = (int)handle.DangerousGetHandle(), Events = events };
        return SystemCalls.Poll(ref request, 1, milliseconds);
    }
}
