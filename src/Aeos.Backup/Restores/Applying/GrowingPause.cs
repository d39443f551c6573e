namespace Aeos.Backup.Restores.Applying;

/// <summary>Pauses between attempts, each twice as long as the one before, up to the longest.</summary>
internal sealed class GrowingPause(TimeSpan first, TimeSpan longest, TimeProvider time)
{
    private TimeSpan _last;

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        _last = _last == TimeSpan.Zero ? first : _last * 2 < longest ? _last * 2 : longest;
        return Task.Delay(_last, time, cancellationToken);
    }

    /// <summary>Begins with the first pause again.</summary>
    public void Reset() => _last = TimeSpan.Zero;
}
