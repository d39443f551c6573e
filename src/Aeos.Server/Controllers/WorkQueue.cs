namespace Aeos.Server.Controllers;

/// <summary>
/// Names that somebody has to look at. A name is in it once, and is handed to one worker at a time: one that is added while it is worked on comes again
/// afterwards. Safe to share between threads.
/// </summary>
/// <param name="time">The clock of what is added for later.</param>
internal sealed class WorkQueue(TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<string> _waiting = [];
    private readonly HashSet<string> _queued = new(StringComparer.Ordinal);
    private readonly HashSet<string> _worked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTimeOffset Due, ITimer Timer)> _later = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _ready = new(0);

    /// <summary>How many names wait or are worked on.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _queued.Count + _worked.Count;
            }
        }
    }

    public void Add(string name)
    {
        lock (_lock)
        {
            if (_queued.Add(name) && !_worked.Contains(name))
            {
                _waiting.Enqueue(name);
                _ready.Release();
            }
        }
    }

    /// <summary>Adds a name once the time has passed; of several such times the nearest counts.</summary>
    public void AddAfter(string name, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            Add(name);
            return;
        }

        lock (_lock)
        {
            var due = time.GetUtcNow() + delay;
            if (_later.TryGetValue(name, out var planned))
            {
                if (planned.Due <= due)
                {
                    return;
                }

                planned.Timer.Dispose();
            }

            _later[name] = (due, time.CreateTimer(_ => Fire(name, due), null, delay, Timeout.InfiniteTimeSpan));
        }
    }

    /// <summary>Waits for a name, which is worked on until <see cref="Done"/>.</summary>
    public async Task<string> TakeAsync(CancellationToken cancellationToken)
    {
        await _ready.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            var name = _waiting.Dequeue();
            _queued.Remove(name);
            _worked.Add(name);
            return name;
        }
    }

    public void Done(string name)
    {
        lock (_lock)
        {
            _worked.Remove(name);
            if (_queued.Contains(name))
            {
                _waiting.Enqueue(name);
                _ready.Release();
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var (_, timer) in _later.Values)
            {
                timer.Dispose();
            }

            _later.Clear();
        }

        _ready.Dispose();
    }

    private void Fire(string name, DateTimeOffset due)
    {
        lock (_lock)
        {
            // A timer that was replaced may fire all the same.
            if (!_later.TryGetValue(name, out var planned) || planned.Due != due)
            {
                return;
            }

            planned.Timer.Dispose();
            _later.Remove(name);
        }

        Add(name);
    }
}
