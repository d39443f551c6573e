using System.Text.Json.Nodes;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Watches;

namespace Aeos.Backup.Restores.Applying;

/// <summary>Waits, by watching, until an object is as it has to be.</summary>
internal sealed class ObjectWait(KubernetesClient cluster, TimeProvider time)
{
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
                if (await cluster.TryGetAsync(type, null, name, either.Token).ConfigureAwait(false) is not { } now)
                {
                    return isDone(null);
                }

                if (isDone(now.ToTree()))
                {
                    return true;
                }

                var options = new WatchOptions { FieldSelector = $"metadata.name={name}", ResourceVersion = now.Metadata.ResourceVersion };
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
            }
        }
        catch (OperationCanceledException) when (clock.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
