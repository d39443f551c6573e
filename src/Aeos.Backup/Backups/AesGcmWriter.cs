using System.Security.Cryptography;
using Aeos.Encryption.AesGcm;
using Aeos.Encryption.Keys;
using Aeos.ObjectStore;

namespace Aeos.Backup.Backups;

/// <summary>Writes an object in the proposal's format: the commit encrypts what was gathered in memory, up to the format's limit.</summary>
internal sealed class AesGcmWriter(ObjectWriter inner, WrappingKey key) : CommitOnceWriter
{
    private readonly MemoryStream _plaintext = new();

    protected override ValueTask WriteCoreAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_plaintext.Length + buffer.Length > AesGcmBlob.DefaultLimit)
        {
            throw new AeosException(
                "the archive is longer than 1 GiB, and the format aes-gcm holds it in memory whole",
                "Leave --encryption-format out: messages are streamed and have no such bound.");
        }

        _plaintext.Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    protected override async ValueTask CommitCoreAsync(CancellationToken cancellationToken)
    {
        _plaintext.Position = 0;
        await AesGcmBlob.EncryptAsync(_plaintext, inner, key, AesGcmBlob.DefaultLimit, cancellationToken).ConfigureAwait(false);
        await inner.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override ValueTask DisposeCoreAsync(bool committed)
    {
        CryptographicOperations.ZeroMemory(_plaintext.GetBuffer());
        return inner.DisposeAsync();
    }
}
