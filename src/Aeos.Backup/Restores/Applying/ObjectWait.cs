using System.Text.Json.Nodes;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Watches;

namespace Aeos.Backup.Restores.Applying;

/// <summary>Waits, by watching, until an object is as it has to be.</summary>
internal sealed class ObjectWait(KubernetesClient cluster, TimeProvider time)
{
    private static readonly TimeSpan BetweenLists = TimeSpan.FromSeconds(1);

    /// <summary>Waits for an object in no namespace.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="name">Its name.</param>
    /// <param name="isDone">Asked for each state; null means that the object is gone.</param>
    /// <param name="timeout">How long.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>False when the time was over.</returns>
    public async Task<bool> UntilAsync(ApiResource type, string name, Func<JsonObject?, bool> isDone, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        try
        {
            while (true)
            {
                // Gone between the attempt and the watch: no event would tell.
                var (now, version) = await ReadAsync(type, name, either.Token).ConfigureAwait(false);
                if (isDone(now))
                {
                    return true;
                }

                if (now is null)
                {
                    return false;
                }

                var options = new WatchOptions { FieldSelector = Only(name), ResourceVersion = version };
                await foreach (var change in cluster.WatchAsync(type, options, either.Token).ConfigureAwait(false))
                {
                    if (change.Type is WatchEventType.RelistRequired)
                    {
                        break;
                    }

                    if (change.Type is WatchEventType.Added or WatchEventType.Modified or WatchEventType.Deleted
                        && isDone(change.Type is WatchEventType.Deleted ? null : change.Item.ToTree()))
                    {
                        return true;
                    }
                }

                await Task.Delay(BetweenLists, time, either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (clock.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    // The list's version, not the object's: what nobody has changed for long has one that the server may have forgotten, and would forget each time.
    private async Task<(JsonObject? Now, string Version)> ReadAsync(ApiResource type, string name, CancellationToken cancellationToken)
    {
        var list = cluster.List(type, new ListOptions { FieldSelector = Only(name) });
        JsonObject? now = null;
        await foreach (var item in list.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            now = item.ToTree();
        }

        return (now, list.ResourceVersion);
    }

    private static string Only(string name) => $"metadata.name={name}";
}
