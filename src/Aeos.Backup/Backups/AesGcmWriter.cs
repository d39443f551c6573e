using System.Security.Cryptography;
using Aeos.Encryption.AesGcm;
using Aeos.Encryption.Keys;
using Aeos.ObjectStore;

namespace Aeos.Backup.Backups;

/// <summary>Writes an object in the proposal's format: the commit encrypts what was gathered in memory, up to the format's limit.</summary>
internal sealed class AesGcmWriter : CommitOnceWriter
{
    private readonly ObjectWriter _inner;
    private readonly WrappingKey _key;

    // What is gathered is encrypted where it lies.
    private readonly MemoryStream _blob = new();

    public AesGcmWriter(ObjectWriter inner, WrappingKey key)
    {
        (_inner, _key) = (inner, key);
        _blob.SetLength(AesGcmBlob.NonceLength);
        _blob.Position = _blob.Length;
    }

    protected override ValueTask WriteCoreAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_blob.Length - AesGcmBlob.NonceLength + buffer.Length > AesGcmBlob.DefaultLimit)
        {
            throw new AeosException(
                "the archive is longer than 1 GiB, and the format aes-gcm holds it in memory whole",
                "Leave --encryption-format out: messages are streamed and have no such bound.");
        }

        _blob.Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    protected override async ValueTask CommitCoreAsync(CancellationToken cancellationToken)
    {
        _blob.SetLength(_blob.Length + AesGcmBlob.TagLength);
        var blob = _blob.GetBuffer().AsMemory(0, (int)_blob.Length);
        AesGcmBlob.Seal(_key, blob.Span);
        await _inner.WriteAsync(blob, cancellationToken).ConfigureAwait(false);
        await _inner.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override ValueTask DisposeCoreAsync(bool committed)
    {
        CryptographicOperations.ZeroMemory(_blob.GetBuffer());
        return _inner.DisposeAsync();
    }
}
