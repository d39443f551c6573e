using System.Text.Json;
using System.Text.Json.Nodes;
using Aeos.Kubernetes.Objects;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Hooks;

/// <summary>The hooks of a restore's spec, by the pods that they are for. Types in the spec are not looked at, as Velero does not.</summary>
internal sealed class RestoreHookPlan
{
    private readonly List<(HookSelector Selector, List<RestoreExecHook> Exec, List<JsonElement> Init)> _groups;

    /// <param name="hooks">Checked hooks: see <see cref="RestoreHookCheck"/>.</param>
    public RestoreHookPlan(RestoreHooks? hooks) => _groups =
    [
        .. (hooks?.Resources ?? []).Select(static group => (
            new HookSelector(group.IncludedNamespaces, group.ExcludedNamespaces, group.LabelSelector),
            (group.PostHooks ?? []).Select(static hook => hook.Exec).OfType<ExecRestoreHook>().Select(exec => Read(group.Name, exec)).ToList(),
            (group.PostHooks ?? []).SelectMany(static hook => hook.Init?.InitContainers ?? []).ToList())),
    ];

    /// <summary>The commands for a pod as it was created, in the spec's order.</summary>
    public IEnumerable<RestoreExecHook> ExecFor(KubernetesObject pod)
        => _groups.Where(group => group.Selector.Selects(pod.Namespace, pod.Metadata.Labels)).SelectMany(static group => group.Exec);

    /// <summary>Init containers for a pod, in the spec's order, each a new tree.</summary>
    /// <param name="targetNamespace">The namespace that it is restored into.</param>
    /// <param name="labels">Its labels in the backup.</param>
    public IEnumerable<JsonNode> InitFor(string targetNamespace, IReadOnlyDictionary<string, string> labels) => _groups
        .Where(group => group.Selector.Selects(targetNamespace, labels))
        .SelectMany(static group => group.Init)
        .Select(static container => JsonObject.Create(container.Clone())!);

    private static RestoreExecHook Read(string name, ExecRestoreHook exec) => new(
        PodHook.OfSpec(name, exec.Container, exec.Command, exec.OnError, exec.ExecTimeout), HookText.Duration(exec.WaitTimeout), exec.WaitForReady == true);
}
