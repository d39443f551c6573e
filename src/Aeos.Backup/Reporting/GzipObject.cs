using System.IO.Compression;
using System.Text;
using Aeos.ObjectStore;

namespace Aeos.Backup.Reporting;

/// <summary>A gzip object that grows while the work goes on, streamed: its memory does not grow with it. Without a commit nothing of it is visible.</summary>
internal sealed class GzipObject : IAsyncDisposable
{
    private const int BufferLength = 32 * 1024;

    private readonly ObjectWriter _writer;
    private readonly DetachableStream _output;
    private bool _ended;

    /// <param name="writer">The object. Taken over.</param>
    /// <param name="level">How hard to try.</param>
    public GzipObject(ObjectWriter writer, CompressionLevel level = CompressionLevel.Fastest)
    {
        _writer = writer;
        _output = new DetachableStream(writer);
        Content = new BufferedStream(new GZipStream(_output, level, leaveOpen: true), BufferLength);
    }

    /// <summary>Takes what is to be packed; not to be closed.</summary>
    public Stream Content { get; }

    /// <summary>Writes a whole object.</summary>
    /// <param name="writer">The object. Taken over.</param>
    /// <param name="write">Writes what is to be packed.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task PutAsync(ObjectWriter writer, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        var packed = new GzipObject(writer);
        await using (packed.ConfigureAwait(false))
        {
            await write(packed.Content).ConfigureAwait(false);
            await packed.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task WriteAsync(string text, CancellationToken cancellationToken)
        => await Content.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        _ended = true;
        await Content.FlushAsync(cancellationToken).ConfigureAwait(false);
        await Content.DisposeAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        await _writer.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_ended)
        {
            _output.Detach();
            try
            {
                await Content.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or InvalidOperationException or AeosException)
            {
                // It ends what nobody will read; the failure that led here is the one to tell.
            }
        }

        await _writer.DisposeAsync().ConfigureAwait(false);
    }
}
