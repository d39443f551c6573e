using System.Threading.Channels;
using Aeos.Embedded.Errors;
using Aeos.Embedded.Storage;

namespace Aeos.Embedded.Controllers;

/// <summary>What controllers do after a request was answered: one piece after the other, each under the state's gate.</summary>
internal sealed class WorkQueue : IAsyncDisposable
{
    private readonly Channel<Action> _work = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ClusterState _state;
    private readonly Task _working;
    private readonly Lock _counting = new();
    private int _outstanding;
    private Exception? _failure;
    private TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WorkQueue(ClusterState state)
    {
        _state = state;
        _idle.SetResult();
        _working = Task.Run(WorkAsync);
    }

    /// <summary>Ends when nothing is left to do; fails when a controller has failed.</summary>
    public Task Idle
    {
        get
        {
            lock (_counting)
            {
                return _failure is null ? _idle.Task : Task.FromException(_failure);
            }
        }
    }

    public void Add(Action work)
    {
        lock (_counting)
        {
            if (_outstanding++ == 0)
            {
                _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        if (!_work.Writer.TryWrite(work))
        {
            Done();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _work.Writer.TryComplete();
        await _working.ConfigureAwait(false);
    }

    private async Task WorkAsync()
    {
        await foreach (var work in _work.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                lock (_state.Gate)
                {
                    work();
                }
            }
            catch (ApiError)
            {
                // What the API refuses a controller stays undone, such as an object in a namespace that is going.
            }
            catch (Exception e)
            {
                lock (_counting)
                {
                    _failure ??= e;
                }
            }
            finally
            {
                Done();
            }
        }
    }

    private void Done()
    {
        lock (_counting)
        {
            if (--_outstanding == 0)
            {
                _idle.SetResult();
            }
        }
    }
}
