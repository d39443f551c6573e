using Aeos.Backup.Filters;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Objects;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Hooks;

/// <summary>The hooks of a backup's spec, by what they are for.</summary>
internal sealed class BackupHookPlan
{
    private readonly List<(HookSelector Selector, List<PodHook> Pre, List<PodHook> Post)> _groups;

    /// <param name="hooks">Checked hooks: see <see cref="BackupHookCheck"/>.</param>
    /// <param name="catalog">Resolves short names of types.</param>
    public BackupHookPlan(BackupHooks? hooks, ApiCatalog catalog)
    {
        _groups =
        [
            .. (hooks?.Resources ?? [])
                .Where(group => new GlobSet(TypeNames.Resolve(group.IncludedResources, catalog), TypeNames.Resolve(group.ExcludedResources, catalog)).Includes(TypeNames.Pods))
                .Select(static group => (
                    new HookSelector(group.IncludedNamespaces, group.ExcludedNamespaces, group.LabelSelector),
                    Read(group.Name, group.PreHooks),
                    Read(group.Name, group.PostHooks))),
        ];
    }

    /// <summary>The hooks of a phase for a pod, in the spec's order.</summary>
    public IEnumerable<PodHook> For(KubernetesObject pod, string phase) => _groups
        .Where(group => group.Selector.Selects(pod.Namespace, pod.Metadata.Labels))
        .SelectMany(group => phase == HookPhase.Pre ? group.Pre : group.Post);

    private static List<PodHook> Read(string name, IReadOnlyList<BackupResourceHook>? hooks) =>
    [
        .. (hooks ?? []).Select(static hook => hook.Exec).OfType<ExecHook>()
            .Select(exec => PodHook.OfSpec(name, exec.Container, exec.Command, exec.OnError, exec.Timeout)),
    ];
}
