namespace Aeos.Cluster.Tests.Server.Faults;

/// <summary>A point in a server's work: the first request of a kind comes as far as this, and stays until it is let go or whoever sent it is dead.</summary>
/// <param name="isIt">Which kind.</param>
internal sealed class HeldCall(Func<ApiCall, bool> isIt)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ApiFault> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _seen;

    /// <summary>Ends when it is there.</summary>
    public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromMinutes(1));

    /// <summary>For <see cref="ApiProxy.OnCall"/>.</summary>
    public Task<ApiFault> DecideAsync(ApiCall call)
    {
        if (!isIt(call) || Interlocked.Exchange(ref _seen, 1) != 0)
        {
            return Task.FromResult(ApiFault.None);
        }

        _reached.SetResult();
        return _end.Task;
    }

    /// <summary>Lets it go on, or not.</summary>
    public void End(ApiFault fault) => _end.TrySetResult(fault);
}
