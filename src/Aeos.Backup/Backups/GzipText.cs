using System.IO.Compression;
using System.Text;
using Aeos.ObjectStore;

namespace Aeos.Backup.Backups;

/// <summary>A gzip object of text that grows while the backup runs, streamed: its memory does not grow with it.</summary>
internal sealed class GzipText : IAsyncDisposable
{
    private const int BufferLength = 32 * 1024;

    private readonly string _key;
    private readonly BackupTarget _target;
    private readonly ObjectWriter _writer;
    private readonly GZipStream _gzip;
    private readonly StreamWriter _text;
    private bool _committed;

    private GzipText(string key, BackupTarget target, ObjectWriter writer)
    {
        _key = key;
        _target = target;
        _writer = writer;
        _gzip = new GZipStream(writer, CompressionLevel.Fastest, leaveOpen: true);

        // Left open: a StreamWriter closes its stream synchronously even when it is disposed asynchronously, and writers of objects take no such writes.
        _text = new StreamWriter(_gzip, new UTF8Encoding(false), BufferLength, leaveOpen: true);
    }

    public static async Task<GzipText> CreateAsync(string key, BackupTarget target, CancellationToken cancellationToken)
        => new(key, target, await target.CreateAsync(key, cancellationToken).ConfigureAwait(false));

    public Task WriteAsync(string text, CancellationToken cancellationToken) => _text.WriteAsync(text.AsMemory(), cancellationToken);

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        _committed = true;
        await _text.DisposeAsync().ConfigureAwait(false);
        await _gzip.DisposeAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        await _target.CommitAsync(_key, _writer, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_committed)
        {
            try
            {
                await _text.DisposeAsync().ConfigureAwait(false);
                await _gzip.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or InvalidOperationException or AeosException)
            {
                // It ends what nobody will read; the failure that led here is the one to tell.
            }
        }

        await _writer.DisposeAsync().ConfigureAwait(false);
    }
}
