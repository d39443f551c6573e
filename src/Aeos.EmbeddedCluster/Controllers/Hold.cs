namespace Aeos.Embedded.Controllers;

/// <summary>Keeps a controller from its work for as long as somebody holds it; what came meanwhile is done afterwards.</summary>
internal sealed class Hold(WorkQueue queue)
{
    private readonly Lock _changing = new();
    private readonly List<Action> _waiting = [];
    private int _holders;

    public IDisposable Take()
    {
        lock (_changing)
        {
            _holders++;
        }

        return new Grip(this);
    }

    /// <summary>Queues the work now, or when nobody holds any more.</summary>
    public void Add(Action work)
    {
        lock (_changing)
        {
            if (_holders > 0)
            {
                _waiting.Add(work);
                return;
            }
        }

        queue.Add(work);
    }

    private void Release()
    {
        lock (_changing)
        {
            if (--_holders > 0)
            {
                return;
            }

            _waiting.ForEach(queue.Add);
            _waiting.Clear();
        }
    }

    private sealed class Grip(Hold hold) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
            {
                hold.Release();
            }
        }
    }
}
