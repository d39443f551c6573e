namespace Aeos.Kubernetes.Transport;

/// <summary>
/// The client's own brake, with client-go's meaning of qps and burst: <c>burst</c> requests at once, then <c>qps</c> a second. Who has to wait
/// reserves a token in advance, so requests leave in the order in which they came.
/// </summary>
internal sealed class TokenBucket
{
    private readonly double _qps;
    private readonly int _burst;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private double _tokens;
    private long _filledAt;

    /// <param name="qps">Requests a second; zero or less switches the brake off.</param>
    /// <param name="burst">Requests at once, at least 1.</param>
    /// <param name="time">The clock.</param>
    public TokenBucket(double qps, int burst, TimeProvider time)
    {
        _qps = qps;
        _burst = Math.Max(1, burst);
        _time = time;
        _tokens = _burst;
        _filledAt = time.GetTimestamp();
    }

    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var delay = Take();
        if (delay <= TimeSpan.Zero)
        {
            return;
        }

        try
        {
            await Task.Delay(delay, _time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            GiveBack();
            throw;
        }
    }

    private TimeSpan Take()
    {
        if (_qps <= 0)
        {
            return TimeSpan.Zero;
        }

        lock (_lock)
        {
            var now = _time.GetTimestamp();
            _tokens = Math.Min(_burst, _tokens + (_time.GetElapsedTime(_filledAt, now).TotalSeconds * _qps));
            _filledAt = now;
            _tokens -= 1;
            return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / _qps);
        }
    }

    private void GiveBack()
    {
        lock (_lock)
        {
            _tokens += 1;
        }
    }
}
