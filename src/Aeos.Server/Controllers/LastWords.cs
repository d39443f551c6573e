namespace Aeos.Server.Controllers;

/// <summary>A token for what has to be said though the server is asked to stop: it is cancelled a while later.</summary>
internal sealed class LastWords : IDisposable
{
    // Less than a pod's grace period, 30 s by default.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _stopping;

    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">What asks the server to stop; it may have done so already.</param>
    public LastWords(TimeProvider time, CancellationToken cancellationToken)
    {
        _source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _stopping = cancellationToken.Register(() => _source.CancelAfter(Limit));
    }

    /// <summary>Cancelled when there is no more time.</summary>
    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _stopping.Dispose();
        _source.Dispose();
    }
}
