namespace Aeos.GoPlugin.Server;

/// <summary>
/// How a plugin ends: someone asks for it; the streams that only wait end at once; calls under way may go on for a while; then they are cancelled.
/// </summary>
internal sealed class ServerLifetime : IDisposable
{
    private readonly TaskCompletionSource _endRequested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly Lock _lock = new();
    private bool _closed;
    private int _calls;

    /// <summary>Completes when the end was asked for.</summary>
    public Task EndRequested => _endRequested.Task;

    /// <summary>Cancelled when the end was asked for.</summary>
    public CancellationToken Ending => _ending.Token;

    /// <summary>Cancelled when calls may go on no longer.</summary>
    public CancellationToken Stopped => _stopped.Token;

    /// <summary>Asks for the end. Returns at once.</summary>
    public void RequestEnd() => _endRequested.TrySetResult();

    /// <summary>Counts a call in; false when the plugin is ending and takes none.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_closed)
            {
                return false;
            }

            _calls++;
            return true;
        }
    }

    /// <summary>Counts a call out.</summary>
    public void Exit()
    {
        lock (_lock)
        {
            _calls--;
            CompleteWhenIdle();
        }
    }

    /// <summary>Takes no more calls, waits for those under way up to <paramref name="grace"/>, and cancels the rest.</summary>
    /// <returns>Whether all calls ended by themselves.</returns>
    public async Task<bool> EndAsync(TimeSpan grace, TimeProvider time)
    {
        RequestEnd();
        lock (_lock)
        {
            _closed = true;
            CompleteWhenIdle();
        }

        await _ending.CancelAsync();
        try
        {
            await _idle.Task.WaitAsync(grace, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            await _stopped.CancelAsync();
        }
    }

    public void Dispose()
    {
        _ending.Dispose();
        _stopped.Dispose();
    }

    private void CompleteWhenIdle()
    {
        if (_closed && _calls == 0)
        {
            _idle.TrySetResult();
        }
    }
}
