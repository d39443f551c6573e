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
/// What cannot be read is left out, and the client told. Safe to share between threads.
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

    /// <summary>
    /// Takes a state that this server has written itself, so that it is seen before the watch brings it. One that is older than what is known is passed over: the
    /// watch may have brought what came after it, and would not bring that again. So is one of a resource that is not known: it may be gone by now.
    /// </summary>
    public void Note(T item)
    {
        var name = item.Metadata.Name;
        if (!Synced.IsCompleted)
        {
            // The list puts it right.
            _items[name] = item;
            Changed?.Invoke(name);
            return;
        }

        while (_items.TryGetValue(name, out var known) && IsOlder(known, item))
        {
            if (_items.TryUpdate(name, item, known))
            {
                Changed?.Invoke(name);
                return;
            }
        }
    }

    private async Task<string> ListAsync(CancellationToken cancellationToken)
    {
        var list = cluster.List(resources.Type.Api, new ListOptions { Namespace = resources.Namespace });
        var found = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var item in list.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            found.Add(item.Name);

            // Even where it is older: an API server that was set back to a backup of its own counts from there.
            await TakeAsync(item, static (_, _) => true, cancellationToken).ConfigureAwait(false);
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
                await TakeAsync(item, static (known, read) => !IsOlder(read, known), cancellationToken).ConfigureAwait(false);
            }
            else if (type == WatchEventType.Deleted)
            {
                Remove(item.Name);
            }
        }
    }

    // As Kubernetes 1.35 has it, versions of one type are numbers that grow; what is none is taken as newer.
    private static bool IsOlder(T one, T other) => (one.Metadata.ResourceVersion, other.Metadata.ResourceVersion) is var (first, second)
        && first != second && (!ulong.TryParse(first, out var was) || !ulong.TryParse(second, out var now) || was < now);

    private async ValueTask TakeAsync(KubernetesObject item, Func<T, T, bool> replaces, CancellationToken cancellationToken)
    {
        if (await resources.TryReadAsync(item, cancellationToken).ConfigureAwait(false) is not { } read)
        {
            Remove(item.Name);
            return;
        }

        var old = _items.GetValueOrDefault(item.Name);
        if (_items.AddOrUpdate(item.Name, read, (_, known) => replaces(known, read) ? read : known) is var kept && kept.Metadata.ResourceVersion != old?.Metadata.ResourceVersion)
        {
            Changed?.Invoke(item.Name);
        }
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
}
