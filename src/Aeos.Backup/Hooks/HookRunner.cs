using Aeos.Kubernetes;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Exec;

namespace Aeos.Backup.Hooks;

/// <summary>Runs one hook's command in a pod (Velero 1.18, pkg/podexec/pod_command_executor.go).</summary>
internal sealed class HookRunner(KubernetesClient cluster, IHookJournal journal)
{
    /// <summary>Runs it; what it prints goes into the log.</summary>
    /// <returns>Why it failed; null when it did not.</returns>
    public async Task<string?> RunAsync(HookPod pod, PodHook hook, string phase, CancellationToken cancellationToken)
    {
        var container = pod.ContainerOf(hook);
        if (container.Length == 0)
        {
            return "the pod has no container";
        }

        if (!pod.Containers.Contains(container) && !pod.Sidecars.Contains(container))
        {
            return $"the pod has no container \"{container}\" that a command can be run in";
        }

        if (hook.Command.Count == 0)
        {
            return "the hook has no command";
        }

        var fields = HookFields.Of(pod, hook, phase);
        if (pod.IsOver)
        {
            await journal.InfoAsync($"the pod is in the phase {pod.Phase}: the hook is not run", fields, cancellationToken).ConfigureAwait(false);
            return null;
        }

        await journal.InfoAsync("running exec hook", fields, cancellationToken).ConfigureAwait(false);
        return await ExecAsync(pod, hook, container, fields, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> ExecAsync(
        HookPod pod, PodHook hook, string container, List<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
    {
        using var output = new BoundedOutput();
        using var error = new BoundedOutput();
        string? failure;
        try
        {
            var options = new PodExecOptions
            {
                Command = hook.Command,
                Container = container,
                StandardOutput = output,
                StandardError = error,
                Timeout = hook.Timeout,
            };
            var code = await cluster.ExecAsync(pod.Namespace, pod.Name, options, cancellationToken).ConfigureAwait(false);
            failure = code == 0 ? null : $"the command ended with exit code {code}";
        }
        catch (KubernetesException problem)
        {
            failure = problem.Cause;
        }

        await journal.InfoAsync($"stdout: {output}", fields, cancellationToken).ConfigureAwait(false);
        await journal.InfoAsync($"stderr: {error}", fields, cancellationToken).ConfigureAwait(false);
        return failure;
    }
}
