using Aeos.Kubernetes.Discovery;

namespace Aeos.Backup.Backups.Selecting;

/// <summary>
/// Which types of items a backup has, in the order in which they are written (Velero 1.18, pkg/discovery/helper.go and pkg/backup/item_collector.go): pods,
/// claims, volumes, the rest of the core, then the other groups in the server's order, and <c>extensions</c> last. A type whose items others take along comes
/// after those others.
/// </summary>
internal sealed class TypeSelection
{
    private const string OldGroup = "extensions";

    // Served by two groups as the same objects: the first that the server names is taken.
    private static readonly Dictionary<string, (string First, string Second)> TwoGroups = new(StringComparer.Ordinal)
    {
        ["deployments"] = (OldGroup, "apps"),
        ["daemonsets"] = (OldGroup, "apps"),
        ["replicasets"] = (OldGroup, "apps"),
        ["networkpolicies"] = (OldGroup, "networking.k8s.io"),
        ["events"] = ("", "events.k8s.io"),
    };

    public TypeSelection(BackupPlan plan)
    {
        var preferred = plan.Catalog.PreferredResources.ToHashSet();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        Steps = [.. (plan.Request.AllApiVersions ? plan.Catalog.AllResources : preferred)
            .Where(static type => type.Supports("list", "get", "create", "delete"))
            .Select(type => new TypeStep(type, plan.Resources, preferred.Contains(type)))
            .Where(static step => step.IsListed || (step.IsPreferred && step.IsCompanion))
            .OrderBy(static step => step.Type.Group switch { "" => 0, OldGroup => 2, _ => 1 })
            .ThenBy(static step => step.GroupResource switch { TypeNames.Pods => 0, TypeNames.Claims => 1, TypeNames.Volumes => 2, _ => 3 })
            .Where(step => !IsTwoGrouped(step.Type) || taken.Add(step.Type.Name))];
    }

    /// <summary>The types, Namespaces among them when they are in the backup.</summary>
    public IReadOnlyList<TypeStep> Steps { get; }

    private static bool IsTwoGrouped(ApiResource type) => TwoGroups.TryGetValue(type.Name, out var groups) && (type.Group == groups.First || type.Group == groups.Second);
}
