using Aeos.Kubernetes.Errors;

namespace Aeos.Backup.Hooks;

/// <summary>
/// The exec hooks of one restored pod (Velero 1.18, internal/hook/wait_exec_hook_handler.go): a container's hooks are run one after another once it is up, and
/// no two at once in the pod. Whatever could not be run is an error.
/// </summary>
internal sealed class PodHookRun
{
    private readonly RestoreExecHooks _all;
    private readonly HookPod _pod;
    private readonly string _uid;
    private readonly List<ContainerHooks> _waiting;
    private readonly TimeSpan _longestWait;
    private readonly long _began;

    public PodHookRun(RestoreExecHooks all, HookPod pod, string uid, IEnumerable<RestoreExecHook> hooks)
    {
        (_all, _pod, _uid) = (all, pod, uid);
        _waiting =
        [
            .. hooks.GroupBy(hook => pod.ContainerOf(hook.Hook), static (container, hooks) => new ContainerHooks(container, [.. hooks])),
        ];
        var waits = _waiting.SelectMany(static container => container.Hooks).Select(static hook => hook.WaitTimeout).ToList();
        _longestWait = waits.TrueForAll(static wait => wait > TimeSpan.Zero) ? PodHook.Timer(waits.Max()) : Timeout.InfiniteTimeSpan;
        _began = all.Time.GetTimestamp();
    }

    /// <summary>Waits for the containers and runs the hooks.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var missing in _waiting.Where(container => !_pod.Containers.Contains(container.Container)).ToList())
        {
            _waiting.Remove(missing);
            await GiveUpAsync(missing, $"the pod has no container \"{missing.Container}\"", cancellationToken).ConfigureAwait(false);
        }

        if (_waiting.Count == 0)
        {
            return;
        }

        using var clock = new CancellationTokenSource(_longestWait, _all.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token, _all.Stopped);
        string why;
        try
        {
            why = await FollowAsync(either.Token, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            why = _all.Stopped.IsCancellationRequested
                ? "a hook with onError Fail has failed" : $"the container was not up within {_longestWait.TotalSeconds:0.###} seconds";
        }
        catch (KubernetesException failure)
        {
            why = $"the pod could not be watched: {failure.Cause}";
        }

        foreach (var container in _waiting)
        {
            await GiveUpAsync(container, why, cancellationToken).ConfigureAwait(false);
        }
    }

    // Why it ended; of no interest once nothing waits any more.
    private async Task<string> FollowAsync(CancellationToken waiting, CancellationToken cancellationToken)
    {
        await foreach (var state in _all.Watches.FollowAsync(_pod.Namespace, _pod.Name, waiting).ConfigureAwait(false))
        {
            if (state is null || state.Uid != _uid)
            {
                return "the pod was deleted";
            }

            var now = _pod with { Phase = state.Phase };
            if (now.IsOver)
            {
                return $"the pod came into the phase {state.Phase}";
            }

            foreach (var container in _waiting.Where(container => state.IsUp(container.Container, container.WaitForReady)).ToList())
            {
                if (!await RunAsync(container, now, cancellationToken).ConfigureAwait(false))
                {
                    return "a hook with onError Fail has failed";
                }

                _waiting.Remove(container);
            }

            if (_waiting.Count == 0)
            {
                break;
            }
        }

        return "";
    }

    // False once a hook with Fail has failed, here or in another pod.
    private async Task<bool> RunAsync(ContainerHooks container, HookPod pod, CancellationToken cancellationToken)
    {
        foreach (var hook in container.Hooks)
        {
            if (_all.Stopped.IsCancellationRequested)
            {
                return false;
            }

            container.Done++;
            var isExpired = hook.WaitTimeout > TimeSpan.Zero && _all.Time.GetElapsedTime(_began) > hook.WaitTimeout;
            var failure = isExpired
                ? $"it had to begin within {hook.WaitTimeout.TotalSeconds:0.###} seconds of the pod's creation, and the hooks before it took longer"
                : await _all.ExecuteAsync(pod, hook.Hook, cancellationToken).ConfigureAwait(false);
            if (failure is null)
            {
                continue;
            }

            await _all.FailAsync(pod, hook.Hook, $"failed: {failure}", cancellationToken).ConfigureAwait(false);
            if (hook.Hook.OnError == HookErrorMode.Fail)
            {
                await _all.StopAsync().ConfigureAwait(false);
                return false;
            }
        }

        return true;
    }

    private async Task GiveUpAsync(ContainerHooks container, string why, CancellationToken cancellationToken)
    {
        foreach (var hook in container.Hooks.Skip(container.Done))
        {
            await _all.FailAsync(_pod, hook.Hook, $"was not run: {why}", cancellationToken).ConfigureAwait(false);
        }
    }
}
