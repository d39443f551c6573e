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
    private readonly TypeFilterOptions _types = new();
    private readonly SelectorOptions _selectors = new("back up");
    private readonly OrderedResourcesOption _ordered = new();
    private readonly VolumeOptions _volumes = new();
    private readonly DurationOption _ttl = new("--ttl", "How long the backup is kept. Default: 720h.");
    private readonly DurationOption _snapshots = new("--csi-snapshot-timeout", "As with Velero; no snapshots are waited for here.") { Hidden = true };
    private readonly DurationOption _operations = new("--item-operation-timeout", "As with Velero; no plugins' operations are waited for here.") { Hidden = true };

    private readonly NameOption _policies = new("--resource-policies-configmap", "config map", "The config map, in --namespace, with resource policies.");

    private readonly NameOption _location = new(
        "--storage-location", "location", "The location's name. With --location it is a name in the backup's document only: which location it is, --location says. Default: the server's, or that of --location.");

    public void AddTo(Command command)
    {
        command.Add(_includeNamespaces);
        command.Add(_excludeNamespaces);
        _types.AddTo(command);
        _selectors.AddTo(command);
        foreach (var option in (Option[])[_ordered, _policies, _ttl, _location, _snapshots, _operations])
        {
            command.Add(option);
        }

        _volumes.AddTo(command);
    }

    /// <summary>What is asked for.</summary>
    /// <exception cref="UsageException">Options that do not go together, or a value that is none.</exception>
    public BackupSpec Read(ParseResult result)
    {
        _volumes.Check(result);
        var (all, any) = _selectors.Read(result);
        var spec = new BackupSpec
        {
            IncludedNamespaces = _includeNamespaces.Read(result),
            ExcludedNamespaces = _excludeNamespaces.Read(result),
            LabelSelector = all,
            OrLabelSelectors = any,
            OrderedResources = _ordered.Read(result),
            ResourcePolicy = _policies.Read(result) is { } policies ? new ResourceReference { Kind = "configmap", Name = policies } : null,
            Ttl = Text(_ttl.Read(result)),
            CsiSnapshotTimeout = Text(_snapshots.Read(result)),
            ItemOperationTimeout = Text(_operations.Read(result)),
            StorageLocation = _location.Read(result),
        };
        return _types.AddTo(spec, result);
    }

    private static string? Text(TimeSpan? duration) => duration is { } time ? DurationText.Format(time) : null;
}
