using Aeos.Backup.Filters;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Backups;

/// <summary>Whether two backups are about the same namespaces: such are not made at once (Velero 1.18, pkg/controller/backup_queue_controller.go).</summary>
public static class BackupConflict
{
    /// <summary>Whether a namespace is in both.</summary>
    /// <param name="one">A backup.</param>
    /// <param name="other">Another.</param>
    /// <param name="namespaces">The cluster's namespaces.</param>
    public static bool Exists(BackupSpec one, BackupSpec other, IReadOnlyCollection<string> namespaces)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(namespaces);
        var (first, second) = (FilterOf(one, namespaces), FilterOf(other, namespaces));
        return namespaces.Any(name => first.Includes(name) && second.Includes(name));
    }

    private static NamespaceFilter FilterOf(BackupSpec spec, IReadOnlyCollection<string> namespaces)
        => new(spec.IncludedNamespaces ?? [], spec.ExcludedNamespaces ?? [], namespaces);
}
