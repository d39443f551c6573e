using Aeos.Encryption.Messages;
using Aeos.ObjectStore;

namespace Aeos.Server.Locations;

/// <summary>Counts what is written to an object, and tells when it is committed.</summary>
/// <param name="writer">The object's writer, which is taken over.</param>
/// <param name="committed">Told its length, and whether it is an encrypted message.</param>
internal sealed class CountedWriter(ObjectWriter writer, Action<long, bool> committed) : CommitOnceWriter
{
    private readonly byte[] _first = new byte[MessagePrefix.Length];
    private long _length;

    protected override async ValueTask WriteCoreAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (_length < _first.Length)
        {
            var at = (int)_length;
            buffer.Span[..Math.Min(buffer.Length, _first.Length - at)].CopyTo(_first.AsSpan(at));
        }

        _length += buffer.Length;
    }

    protected override async ValueTask CommitCoreAsync(CancellationToken cancellationToken)
    {
        await writer.CommitAsync(cancellationToken).ConfigureAwait(false);
        committed(_length, _length >= _first.Length && MessagePrefix.IsMessage(_first));
    }

    protected override ValueTask DisposeCoreAsync(bool committed) => writer.DisposeAsync();
}
