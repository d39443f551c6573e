using System.Collections.Concurrent;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Watches;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Controllers;

/// <summary>
/// The resources of one type in one namespace as the API last said they are: listed, then watched, and listed again whenever the watch cannot go on.
/// What cannot be read is left out, with a warning. Safe to share between threads.
/// </summary>
/// <typeparam name="T">The document.</typeparam>
internal sealed partial class Informer<T>(KubernetesClient cluster, ResourceClient<T> resources, TimeProvider time, ILogger log)
    where T : class, IResourceDocument
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, T> _items = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Told of each name that appeared, changed or went.</summary>
    public event Action<string>? Changed;

    /// <summary>Ends when the first list is in.</summary>
    public Task Synced => _synced.Task;

    /// <summary>All of them, in no order.</summary>
    public IEnumerable<T> Items => _items.Values;

    /// <summary>One of them; null when it is not there.</summary>
    public T? Find(string name) => _items.GetValueOrDefault(name);

    /// <summary>Lists and watches until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var pause = ShortestPause; ;)
        {
            try
            {
                var version = await ListAsync(cancellationToken).ConfigureAwait(false);
                _synced.TrySetResult();
                pause = ShortestPause;
                await WatchAsync(version, cancellationToken).ConfigureAwait(false);
            }
            catch (KubernetesException failure)
            {
                Failed(resources.Type.Api.Name, failure.Message);
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    /// <summary>Takes a state that this server has written itself, so that it is seen before the watch brings it.</summary>
    public void Note(T item)
    {
        // A watch event that is under way may bring an older state once more; it brings the newer one right after.
        var isNew = !_items.TryGetValue(item.Metadata.Name, out var known) || known.Metadata.ResourceVersion != item.Metadata.ResourceVersion;
        _items[item.Metadata.Name] = item;
        if (isNew)
        {
            Changed?.Invoke(item.Metadata.Name);
        }
    }

    private async Task<string> ListAsync(CancellationToken cancellationToken)
    {
        var list = cluster.List(resources.Type.Api, new ListOptions { Namespace = resources.Namespace });
        var found = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var item in list.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            found.Add(item.Name);
            Take(item);
        }

        foreach (var gone in _items.Keys.Where(name => !found.Contains(name)).ToList())
        {
            Remove(gone);
        }

        return list.ResourceVersion;
    }

    private async Task WatchAsync(string version, CancellationToken cancellationToken)
    {
        var options = new WatchOptions
        {
            Namespace = resources.Namespace,
            ResourceVersion = version,
            OnInterruption = failure => Interrupted(resources.Type.Api.Name, failure.Message),
        };
        await foreach (var (type, item) in cluster.WatchAsync(resources.Type.Api, options, cancellationToken).ConfigureAwait(false))
        {
            if (type is WatchEventType.Added or WatchEventType.Modified)
            {
                Take(item);
            }
            else if (type == WatchEventType.Deleted)
            {
                Remove(item.Name);
            }
        }
    }

    private void Take(KubernetesObject item)
    {
        T read;
        try
        {
            read = resources.Read(item);
        }
        catch (AeosException refusal)
        {
            Unreadable(refusal.Cause, refusal.Remedy);
            Remove(item.Name);
            return;
        }

        Note(read);
    }

    private void Remove(string name)
    {
        if (_items.TryRemove(name, out _))
        {
            Changed?.Invoke(name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Resources} could not be listed or watched and are listed again: {Reason}")]
    private partial void Failed(string resources, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The watch of {Resources} was interrupted: {Reason}")]
    private partial void Interrupted(string resources, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Cause}. {Remedy}")]
    private partial void Unreadable(string cause, string remedy);
}
