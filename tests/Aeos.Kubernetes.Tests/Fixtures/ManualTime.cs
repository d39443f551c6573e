namespace Aeos.Kubernetes.Tests.Fixtures;

/// <summary>
/// A clock that moves by hand, or, with <see cref="JumpsToTimers"/>, to each timer as soon as it is set: then waits cost nothing and are written down.
/// </summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Waits shorter than this pass at once.</summary>
    public TimeSpan JumpsToTimers { get; init; }

    public List<TimeSpan> Waits { get; } = [];

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public void Advance(TimeSpan by)
    {
        List<Timer> due;
        lock (_lock)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.Due <= _now)];
            due.ForEach(timer => _timers.Remove(timer));
        }

        due.ForEach(timer => timer.Fire());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(ManualTime time, Action fire) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset Due { get; private set; }

        public void Fire()
        {
            lock (time._lock)
            {
                // Once for each time that the clock is moved, however often it would have been.
                if (_period > TimeSpan.Zero)
                {
                    Due = time._now + _period;
                    time._timers.Add(this);
                }
            }

            fire();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var jump = false;
            lock (time._lock)
            {
                time._timers.Remove(this);
                _period = period;
                if (dueTime < TimeSpan.Zero)
                {
                    return true;
                }

                if (dueTime < time.JumpsToTimers)
                {
                    time.Waits.Add(dueTime);
                    time._now += dueTime;
                    jump = true;
                }
                else
                {
                    Due = time._now + dueTime;
                    time._timers.Add(this);
                }
            }

            if (jump)
            {
                // Not on this thread: whoever sets a timer does not expect it to fire before it is set.
                ThreadPool.QueueUserWorkItem(_ => fire());
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._lock)
            {
                _period = TimeSpan.Zero;
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
