using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Hooks;

/// <summary>
/// Runs a pod's hooks before and after it is backed up (Velero 1.18, internal/hook/item_hook_handler.go): that of its annotations, or else those of
/// the backup's spec.
/// </summary>
internal sealed class BackupPodHooks(BackupHookPlan plan, HookRunner runner, IHookJournal journal, HookCounts counts)
{
    private static readonly string[] Phases = [HookPhase.Pre, HookPhase.Post];

    /// <summary>Whether anything is to be run in the pod, before or after: then what follows from it is written in between.</summary>
    public bool Concerns(KubernetesObject pod) => Phases.Any(phase => BackupHookAnnotations.Find(pod.Metadata.Annotations, phase, []) is not null || plan.For(pod, phase).Any());

    /// <summary>Runs what has to be run before the pod is written.</summary>
    /// <returns>False when the pod is not to be in the backup; the results say why.</returns>
    public async Task<bool> RunPreAsync(KubernetesObject pod, CancellationToken cancellationToken)
    {
        if (await RunAsync(pod, HookPhase.Pre, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        await journal.FailAsync(
            pod.Namespace,
            $"the pod {pod.Namespace}/{pod.Name} is not in the backup: a pre hook of it failed, and its onError is Fail",
            [new("name", pod.Name)],
            cancellationToken).ConfigureAwait(false);
        return false;
    }

    /// <summary>Runs what has to be run once the pod and what follows from it were written. Not for a pod that <see cref="RunPreAsync"/> left out.</summary>
    public async Task RunPostAsync(KubernetesObject pod, CancellationToken cancellationToken)
    {
        if (!await RunAsync(pod, HookPhase.Post, cancellationToken).ConfigureAwait(false))
        {
            await journal.FailAsync(
                pod.Namespace,
                $"no more post hooks are run in the pod {pod.Namespace}/{pod.Name}: one failed, and its onError is Fail",
                [new("name", pod.Name)],
                cancellationToken).ConfigureAwait(false);
        }
    }

    // False once a hook with Fail has failed; those after it count as attempted and are not run.
    private async Task<bool> RunAsync(KubernetesObject item, string phase, CancellationToken cancellationToken)
    {
        var warnings = new List<string>();
        var annotated = BackupHookAnnotations.Find(item.Metadata.Annotations, phase, warnings);
        foreach (var warning in warnings)
        {
            await journal.WarnAsync(warning, [new("pod", $"{item.Namespace}/{item.Name}")], cancellationToken).ConfigureAwait(false);
        }

        HookPod? pod = null;
        var goesOn = true;
        foreach (var hook in annotated is null ? plan.For(item, phase) : [annotated])
        {
            counts.Attempt();
            if (goesOn && await runner.RunAsync(pod ??= HookPod.Of(item), hook, phase, cancellationToken).ConfigureAwait(false) is { } failure)
            {
                counts.Fail();
                goesOn = hook.OnError != HookErrorMode.Fail;
                var message = $"error executing the {phase} hook {hook.Name} in the pod {pod}: {failure}";
                await journal.FailAsync(pod.Namespace, message, HookFields.Of(pod, hook, phase), cancellationToken).ConfigureAwait(false);
            }
        }

        return goesOn;
    }
}
