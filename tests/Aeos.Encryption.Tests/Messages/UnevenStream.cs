namespace Aeos.Encryption.Tests.Messages;

/// <summary>Gives its content in pieces of changing length, as a network does, and says whether it was disposed.</summary>
internal sealed class UnevenStream(byte[] content) : MemoryStream(content)
{
    private int _reads;

    public bool IsDisposed { get; private set; }

    public override int Read(Span<byte> buffer) => base.Read(buffer[..NextLength(buffer.Length)]);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..NextLength(buffer.Length)], cancellationToken);

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }

    private int NextLength(int wanted) => Math.Min(wanted, 1 + (_reads++ * 37 % 113));
}
