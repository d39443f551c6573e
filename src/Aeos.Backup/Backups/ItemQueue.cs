using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Backups;

/// <summary>Items on their way from one list to the archive: one writer, one reader, and never more than a few mebibytes in between.</summary>
internal sealed class ItemQueue : IDisposable
{
    // What a list may be ahead of the archive, besides one batch.
    private const long MostBytes = 4 << 20;

    // Items are handed over together: waking the reader for each, and the spinning for it, took a fifth of a backup's CPU time.
    private const int BatchBytes = 64 << 10;

    private readonly Channel<List<KubernetesObject>> _batches
        = Channel.CreateUnbounded<List<KubernetesObject>>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly SemaphoreSlim _room = new(0);
    private List<KubernetesObject> _batch = [];
    private int _batchBytes;
    private long _bytes;

    public ValueTask AddAsync(KubernetesObject item, CancellationToken cancellationToken)
    {
        _batch.Add(item);
        _batchBytes += item.Json.Length;
        return _batchBytes < BatchBytes ? ValueTask.CompletedTask : HandOverAsync(cancellationToken);
    }

    /// <summary>Ends the queue; the reader gets the failure after the items.</summary>
    public void Complete(Exception? failure)
    {
        HandOver();
        _batches.Writer.TryComplete(failure);
    }

    public async IAsyncEnumerable<KubernetesObject> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in _batches.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var item in batch)
            {
                yield return item;
            }

            if (Interlocked.Add(ref _bytes, -batch.Sum(static item => (long)item.Json.Length)) <= MostBytes && _room.CurrentCount == 0)
            {
                _room.Release();
            }
        }
    }

    public void Dispose() => _room.Dispose();

    private async ValueTask HandOverAsync(CancellationToken cancellationToken)
    {
        while (Interlocked.Read(ref _bytes) > MostBytes)
        {
            await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        HandOver();
    }

    private void HandOver()
    {
        Interlocked.Add(ref _bytes, _batchBytes);
        _batches.Writer.TryWrite(_batch);
        (_batch, _batchBytes) = ([], 0);
    }
}
