using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Backups;

/// <summary>Items on their way from one list to the archive: one writer, one reader, and never more than a few mebibytes in between.</summary>
internal sealed class ItemQueue : IDisposable
{
    // What a list may be ahead of the archive, besides one item.
    private const long MostBytes = 4 << 20;

    private readonly Channel<KubernetesObject> _items = Channel.CreateUnbounded<KubernetesObject>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly SemaphoreSlim _room = new(0);
    private long _bytes;

    public async ValueTask AddAsync(KubernetesObject item, CancellationToken cancellationToken)
    {
        while (Interlocked.Read(ref _bytes) > MostBytes)
        {
            await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        Interlocked.Add(ref _bytes, item.Json.Length);
        _items.Writer.TryWrite(item);
    }

    /// <summary>Ends the queue; the reader gets the failure after the items.</summary>
    public void Complete(Exception? failure) => _items.Writer.TryComplete(failure);

    public async IAsyncEnumerable<KubernetesObject> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in _items.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (Interlocked.Add(ref _bytes, -item.Json.Length) <= MostBytes && _room.CurrentCount == 0)
            {
                _room.Release();
            }

            yield return item;
        }
    }

    public void Dispose() => _room.Dispose();
}
