using Aeos.Kubernetes;
using Aeos.Kubernetes.Errors;

namespace Aeos.Backup.Restores.Applying;

/// <summary>Waits for a cluster that went away: for all together, so that nothing is written off object by object.</summary>
internal sealed class ClusterReach(KubernetesClient cluster, TimeProvider time, TimeSpan patience) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _gate = new(1);
    private ClusterLostException? _lost;

    /// <summary>Waits until the cluster answers.</summary>
    /// <exception cref="ClusterLostException">It did not in time.</exception>
    public async Task AwaitAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var until = time.GetUtcNow() + patience;
            var pause = new GrowingPause(FirstPause, LongestPause, time);
            while (!await AnswersAsync(until, cancellationToken).ConfigureAwait(false))
            {
                await pause.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<bool> AnswersAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (_lost is not null)
        {
            throw _lost;
        }

        try
        {
            await cluster.GetVersionAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (KubernetesApiException)
        {
            return true;
        }
        catch (KubernetesException failure)
        {
            if (time.GetUtcNow() < until)
            {
                return false;
            }

            _lost = new ClusterLostException(
                $"the cluster went away in the middle of the restore and was not back within {patience}: {failure.Cause}",
                "See that it runs, and restore again under another name: what is there already is left as it is.",
                failure);
            throw _lost;
        }
    }
}
