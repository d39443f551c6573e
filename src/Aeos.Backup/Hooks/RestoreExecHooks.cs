using Aeos.Kubernetes;
using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Hooks;

/// <summary>
/// Runs hooks in restored pods while the restore goes on, each pod's as soon as its containers are up. A pod that waits costs about 4 KiB (measured with 5,000) and no
/// connection of its own; a bounded number of commands run at once.
/// </summary>
internal sealed class RestoreExecHooks : IAsyncDisposable
{
    // Velero has no bound; each command holds a connection of the API server and of a node.
    private const int CommandsAtOnce = 32;

    private readonly RestoreHookPlan _plan;
    private readonly HookRunner _runner;
    private readonly IHookJournal _journal;
    private readonly SemaphoreSlim _slots = new(CommandsAtOnce);
    private readonly CancellationTokenSource _stopped = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _failure;

    // One for the restore itself, which may bring more.
    private int _pending = 1;
    private bool _isSealed;
    private Action<int>? _onPending;

    public RestoreExecHooks(KubernetesClient cluster, RestoreHookPlan plan, IHookJournal journal, HookCounts counts, TimeProvider time)
    {
        _plan = plan;
        _journal = journal;
        _runner = new HookRunner(cluster, journal);
        Counts = counts;
        Time = time;
        Watches = new PodWatches(cluster);
    }

    public HookCounts Counts { get; }

    public TimeProvider Time { get; }

    public PodWatches Watches { get; }

    /// <summary>Cancelled once a hook with Fail has failed: no other is begun, in any pod.</summary>
    public CancellationToken Stopped => _stopped.Token;

    /// <summary>Pods whose hooks are not done.</summary>
    public int Pending => Volatile.Read(ref _pending) - (Volatile.Read(ref _isSealed) ? 0 : 1);

    /// <summary>Takes up the hooks of a pod that was just created; returns at once.</summary>
    public async ValueTask AddAsync(KubernetesObject pod, CancellationToken cancellationToken)
    {
        var warnings = new List<string>();
        var annotated = RestoreHookAnnotations.FindExec(pod.Metadata.Annotations, warnings);
        foreach (var warning in warnings)
        {
            await _journal.WarnAsync(warning, [new("pod", $"{pod.Namespace}/{pod.Name}")], cancellationToken).ConfigureAwait(false);
        }

        var hooks = annotated is null ? _plan.ExecFor(pod).ToList() : [annotated];
        if (hooks.Count == 0 || HookPod.Of(pod) is not { Containers.Count: > 0 } target)
        {
            return;
        }

        hooks.ForEach(_ => Counts.Attempt());
        Interlocked.Increment(ref _pending);
        var run = new PodHookRun(this, target, pod.Metadata.Uid, hooks);
        _ = Task.Run(() => RunAsync(run), CancellationToken.None);
    }

    /// <summary>Waits until all hooks have been run or given up; none can be added any more.</summary>
    /// <param name="onPending">Told of how many pods are waited for, from now on; may be called by many threads.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    public Task CompleteAsync(Action<int>? onPending, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _onPending, onPending);
        Seal();
        return _idle.Task.WaitAsync(cancellationToken);
    }

    public async Task<string?> ExecuteAsync(HookPod pod, PodHook hook, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _runner.RunAsync(pod, hook, HookPhase.Post, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

    public ValueTask FailAsync(HookPod pod, PodHook hook, string what, CancellationToken cancellationToken)
    {
        Counts.Fail();
        return _journal.FailAsync(
            pod.Namespace,
            $"the hook {hook.Name} in the container {pod.ContainerOf(hook)} of the pod {pod} {what}",
            HookFields.Of(pod, hook, HookPhase.Post),
            cancellationToken);
    }

    public Task StopAsync() => _stopped.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync().ConfigureAwait(false);
        Seal();
        await ((Task)_idle.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Watches.Dispose();
        _disposed.Dispose();
        _stopped.Dispose();
        _slots.Dispose();
    }

    private void Seal()
    {
        if (!Interlocked.Exchange(ref _isSealed, true))
        {
            Release();
        }
    }

    private async Task RunAsync(PodHookRun run)
    {
        try
        {
            await run.RunAsync(_disposed.Token).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // The restore fails with it when it waits for the hooks.
            Volatile.Write(ref _failure, failure);
        }
        finally
        {
            Release();
        }
    }

    private void Release()
    {
        var pending = Interlocked.Decrement(ref _pending);
        if (pending != 0)
        {
            Volatile.Read(ref _onPending)?.Invoke(pending);
            return;
        }

        if (Volatile.Read(ref _failure) is { } failure)
        {
            _idle.TrySetException(failure);
        }
        else
        {
            _idle.TrySetResult();
        }
    }
}
