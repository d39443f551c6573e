using Aeos.Encryption.Messages;

namespace Aeos.ObjectStore.Encrypted;

/// <summary>
/// Writes an object that the scope leaves unencrypted. Refuses content that begins as a message: bytes decide when it is read, so what was stored
/// could not be had back.
/// </summary>
internal sealed class PlaintextWriter(string key, ObjectWriter inner) : CommitOnceWriter
{
    private readonly byte[] _beginning = new byte[MessagePrefix.Length];
    private int _length;

    /// <inheritdoc/>
    protected override ValueTask WriteCoreAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        var taken = Math.Min(_beginning.Length - _length, buffer.Length);
        buffer.Span[..taken].CopyTo(_beginning.AsSpan(_length));
        _length += taken;
        if (taken > 0 && MessagePrefix.IsMessage(_beginning.AsSpan(0, _length)))
        {
            throw new ObjectStoreException(
                $"the content for \"{key}\" begins as an encrypted message (02 04 78) and would be read as one, but the location stores this object unencrypted",
                "Set encrypt: all in the location's config, or store the content in another form.");
        }

        return inner.WriteAsync(buffer, cancellationToken);
    }

    /// <inheritdoc/>
    protected override ValueTask CommitCoreAsync(CancellationToken cancellationToken) => inner.CommitAsync(cancellationToken);

    /// <inheritdoc/>
    protected override ValueTask DisposeCoreAsync(bool committed) => inner.DisposeAsync();
}
