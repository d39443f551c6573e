using System.Collections.Concurrent;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Requests;
using Aeos.Kubernetes.Watches;

namespace Aeos.Backup.Hooks;

/// <summary>A watch of one namespace's pods that fills the mailboxes of those that are followed.</summary>
internal sealed class NamespaceWatch : IDisposable
{
    private readonly KubernetesClient _cluster;
    private readonly string _namespace;
    private readonly ConcurrentDictionary<string, PodMailbox> _mailboxes = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();
    private Exception? _failure;

    public NamespaceWatch(KubernetesClient cluster, string @namespace)
    {
        _cluster = cluster;
        _namespace = @namespace;
        _ = Task.Run(RunAsync);
    }

    public PodMailbox Enter(string name)
    {
        var mailbox = new PodMailbox();
        _mailboxes[name] = mailbox;
        if (Volatile.Read(ref _failure) is { } failure)
        {
            mailbox.Fail(failure);
        }

        return mailbox;
    }

    /// <summary>Stops following a pod.</summary>
    /// <returns>Whether that was the last.</returns>
    public bool Leave(string name) => _mailboxes.TryRemove(name, out _) && _mailboxes.IsEmpty;

    /// <summary>Ends the watch.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    // Never throws: what failed goes to those who wait.
    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                // Who was read before this version may have missed something since; who is read after it is told of everything by the watch.
                var version = await ReadVersionAsync().ConfigureAwait(false);
                foreach (var mailbox in _mailboxes.Values)
                {
                    mailbox.Put(PodNews.Missed);
                }

                // It ends when its version is too old.
                var options = new WatchOptions { Namespace = _namespace, ResourceVersion = version };
                await foreach (var change in _cluster.WatchAsync(WellKnownResources.Pods, options, _end.Token).ConfigureAwait(false))
                {
                    Take(change);
                }
            }
        }
        catch (Exception failure)
        {
            Volatile.Write(ref _failure, failure);
            foreach (var mailbox in _mailboxes.Values)
            {
                mailbox.Fail(failure);
            }
        }
    }

    private async Task<string> ReadVersionAsync()
    {
        var list = _cluster.List(WellKnownResources.Pods, new ListOptions { Namespace = _namespace, PageSize = 1 });
        await foreach (var _ in list.WithCancellation(_end.Token).ConfigureAwait(false))
        {
            break;
        }

        return list.ResourceVersion;
    }

    private void Take(WatchEvent change)
    {
        if (change.Type is WatchEventType.Added or WatchEventType.Modified or WatchEventType.Deleted && _mailboxes.TryGetValue(change.Item.Name, out var mailbox))
        {
            mailbox.Put(new PodNews(true, change.Type == WatchEventType.Deleted ? null : PodState.Of(change.Item)));
        }
    }
}
