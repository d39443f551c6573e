using System.Collections.Concurrent;

namespace Aeos.Backup.Restores.Applying;

/// <summary>
/// Objects that lack something which others bring, or the cluster itself does: tried again as long as that helps, with growing pauses when it does not, and
/// for so long and no longer.
/// </summary>
internal sealed class WaitingItems(TimeProvider time, TimeSpan patience)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<ItemKey> _items = new();

    public void Add(ItemKey key) => _items.Enqueue(key);

    /// <summary>Tries until nothing waits any more.</summary>
    /// <param name="restore">Restores some; told whether it is their last chance.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task DrainAsync(Func<IReadOnlyCollection<ItemKey>, bool, Task> restore, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + patience;
        var pause = new GrowingPause(FirstPause, LongestPause, time);
        while (!_items.IsEmpty)
        {
            var again = _items.ToArray();
            _items.Clear();
            await restore(again, time.GetUtcNow() >= until).ConfigureAwait(false);
            if (_items.Count < again.Length)
            {
                pause.Reset();
            }
            else
            {
                await pause.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
