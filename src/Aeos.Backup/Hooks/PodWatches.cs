using System.Runtime.CompilerServices;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Requests;

namespace Aeos.Backup.Hooks;

/// <summary>Follows many pods with one watch for each namespace, which lasts for as long as a pod in it is followed.</summary>
internal sealed class PodWatches(KubernetesClient cluster) : IDisposable
{
    // Thousands of pods may have to be read at the same moment, and each request that is under way holds a connection.
    private const int ReadAtOnce = 16;

    private readonly SemaphoreSlim _reading = new(ReadAtOnce);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, NamespaceWatch> _watches = new(StringComparer.Ordinal);

    /// <summary>A pod's states: the present one, then the newest whenever there is another. Ends after null, which stands for a pod that is gone.</summary>
    /// <exception cref="KubernetesException">The server refuses to tell.</exception>
    public async IAsyncEnumerable<PodState?> FollowAsync(string @namespace, string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Followed first and read then, so that nothing happens in between unseen.
        var mailbox = Enter(@namespace, name);
        try
        {
            var state = await ReadAsync(@namespace, name, cancellationToken).ConfigureAwait(false);
            yield return state;
            while (state is not null)
            {
                var news = await mailbox.TakeAsync(cancellationToken).ConfigureAwait(false);
                state = news.IsState ? news.State : await ReadAsync(@namespace, name, cancellationToken).ConfigureAwait(false);
                yield return state;
            }
        }
        finally
        {
            Leave(@namespace, name);
        }
    }

    public void Dispose() => _reading.Dispose();

    private async Task<PodState?> ReadAsync(string @namespace, string name, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await cluster.TryGetAsync(WellKnownResources.Pods, @namespace, name, cancellationToken).ConfigureAwait(false) is { } pod ? PodState.Of(pod) : null;
        }
        finally
        {
            _reading.Release();
        }
    }

    private PodMailbox Enter(string @namespace, string name)
    {
        lock (_gate)
        {
            if (!_watches.TryGetValue(@namespace, out var watch))
            {
                _watches[@namespace] = watch = new NamespaceWatch(cluster, @namespace);
            }

            return watch.Enter(name);
        }
    }

    private void Leave(string @namespace, string name)
    {
        lock (_gate)
        {
            if (_watches.TryGetValue(@namespace, out var watch) && watch.Leave(name))
            {
                _watches.Remove(@namespace);
                watch.Dispose();
            }
        }
    }
}
