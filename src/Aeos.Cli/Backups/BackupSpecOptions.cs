using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary>Velero's flags that say what is in a backup.</summary>
internal sealed class BackupSpecOptions
{
    private readonly ListOption _includeNamespaces = new("--include-namespaces", "Namespaces that are in it; * for all, which is the default.");
    private readonly ListOption _excludeNamespaces = new("--exclude-namespaces", "Namespaces that are not.");
    private readonly ListOption _includeResources = new("--include-resources", "Types that are in it, such as deployments.apps; * for all, which is the default.");
    private readonly ListOption _excludeResources = new("--exclude-resources", "Types that are not.");
    private readonly SwitchOption _clusterResources = new(
        "--include-cluster-resources", "Whether objects in no namespace are in it. Absent: all in a backup of all namespaces, else those that belong to what is.");

    private readonly SelectorOptions _selectors = new("back up");
    private readonly VolumeOptions _volumes = new();

    private readonly Option<string?> _location = new("--storage-location")
    {
        HelpName = "NAME",
        Description = "The location's name in the backup's document; which location it is, --location says. Default: default.",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_includeNamespaces, _excludeNamespaces, _includeResources, _excludeResources, _clusterResources])
        {
            command.Add(option);
        }

        _selectors.AddTo(command);
        command.Add(_location);
        _volumes.AddTo(command);
    }

    /// <summary>What is asked for.</summary>
    /// <exception cref="UsageException">Options that do not go together, or a value that is none.</exception>
    public BackupSpec Read(ParseResult result)
    {
        _volumes.Check(result);
        var (all, any) = _selectors.Read(result);
        return new BackupSpec
        {
            IncludedNamespaces = _includeNamespaces.Read(result),
            ExcludedNamespaces = _excludeNamespaces.Read(result),
            IncludedResources = _includeResources.Read(result),
            ExcludedResources = _excludeResources.Read(result),
            IncludeClusterResources = _clusterResources.Read(result),
            LabelSelector = all,
            OrLabelSelectors = any,
            StorageLocation = result.GetValue(_location) is "" ? throw new UsageException("the name in --storage-location is empty", "Name it, or leave the option out.") : result.GetValue(_location),
        };
    }
}
