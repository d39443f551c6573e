namespace Aeos.Server.Schedules.Cron;

/// <summary><c>@every</c>: so long after the last time, in whole seconds, one at least.</summary>
internal sealed class FixedInterval : ICronSchedule
{
    private readonly TimeSpan _interval;

    public FixedInterval(TimeSpan interval) => _interval = TimeSpan.FromSeconds(Math.Max(1, Math.Floor(interval.TotalSeconds)));

    /// <inheritdoc/>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var second = new DateTimeOffset(after.UtcTicks - (after.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        return DateTimeOffset.MaxValue - second > _interval ? second + _interval : null;
    }
}
