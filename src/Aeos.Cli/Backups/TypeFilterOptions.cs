using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary>Velero's flags that say which types are in a backup: the older three, or the four that tell types with namespaces from those without.</summary>
internal sealed class TypeFilterOptions
{
    private readonly ListOption _includes = new("--include-resources", "Types that are in it, such as deployments.apps; * for all, which is the default.");
    private readonly ListOption _excludes = new("--exclude-resources", "Types that are not.");
    private readonly SwitchOption _cluster = new(
        "--include-cluster-resources", "Whether objects in no namespace are in it. Absent: all in a backup of all namespaces, else those that belong to what is.");

    private readonly ListOption _includesCluster = new("--include-cluster-scoped-resources", "Types without namespaces that are in it. Not with the three above.");
    private readonly ListOption _excludesCluster = new("--exclude-cluster-scoped-resources", "Types without namespaces that are not.");
    private readonly ListOption _includesNamespaced = new("--include-namespace-scoped-resources", "Types with namespaces that are in it.");
    private readonly ListOption _excludesNamespaced = new("--exclude-namespace-scoped-resources", "Types with namespaces that are not.");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_includes, _excludes, _cluster, _includesCluster, _excludesCluster, _includesNamespaced, _excludesNamespaced])
        {
            command.Add(option);
        }
    }

    /// <summary>Adds the filters to a spec.</summary>
    /// <exception cref="UsageException">Older and newer ones are given together.</exception>
    public BackupSpec AddTo(BackupSpec spec, ParseResult result)
    {
        var filtered = spec with
        {
            IncludedResources = _includes.Read(result),
            ExcludedResources = _excludes.Read(result),
            IncludeClusterResources = _cluster.Read(result),
            IncludedClusterScopedResources = _includesCluster.Read(result),
            ExcludedClusterScopedResources = _excludesCluster.Read(result),
            IncludedNamespaceScopedResources = _includesNamespaced.Read(result),
            ExcludedNamespaceScopedResources = _excludesNamespaced.Read(result),
        };
        return (filtered.IncludedResources ?? filtered.ExcludedResources) is null && filtered.IncludeClusterResources is null
            || (filtered.IncludedClusterScopedResources ?? filtered.ExcludedClusterScopedResources ?? filtered.IncludedNamespaceScopedResources ?? filtered.ExcludedNamespaceScopedResources) is null
            ? filtered
            : throw new UsageException(
                $"{_includes.Name}, {_excludes.Name} and {_cluster.Name} do not go together with the flags for cluster-scoped and namespace-scoped types", "Give only those of one kind.");
    }
}
