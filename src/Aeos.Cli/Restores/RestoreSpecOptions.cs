using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Restores;

/// <summary>What of a backup is restored, and as what: Velero's flags.</summary>
internal sealed class RestoreSpecOptions
{
    private readonly ListOption _includeNamespaces = new("--include-namespaces", "Namespaces of the backup to restore; * for all, which is the default.");
    private readonly ListOption _excludeNamespaces = new("--exclude-namespaces", "Namespaces of the backup to leave out.");
    private readonly ListOption _includeResources = new("--include-resources", "Types to restore, such as deployments.apps; * for all, which is the default.");
    private readonly ListOption _excludeResources = new("--exclude-resources", "Types to leave out.");
    private readonly PairsOption _mappings = new("--namespace-mappings", ':', "OLD:NEW", "Namespaces that get another name.");
    private readonly SwitchOption _cluster = new("--include-cluster-resources", "Whether objects in no namespace are restored. Absent: when all namespaces are.");
    private readonly SelectorOptions _selectors = new("restore");
    private readonly SwitchOption _nodePorts = new("--preserve-nodeports", "Keep the node ports that the old cluster gave.");
    private readonly ListOption _statusIncludes = new("--status-include-resources", "Types whose objects get their status back.");
    private readonly ListOption _statusExcludes = new("--status-exclude-resources", "Types whose objects do not, of those.");
    private readonly Option<string?> _policy = new("--existing-resource-policy")
    {
        HelpName = "none|update",
        Description = "What is done with objects that exist and differ: left with a warning, which is the default, or changed to what the backup has.",
    };

    private readonly NameOption _modifier = new(
        "--resource-modifier-configmap", "config map", "The config map, in --namespace, with changes that are made to objects before they are restored.");

    private readonly DurationOption _operations = new("--item-operation-timeout", "As with Velero; no plugins' operations are waited for here.") { Hidden = true };
    private readonly SwitchOption _volumes = new("--restore-volumes", "Volume data: only false is taken.") { Hidden = true };
    private readonly SwitchOption _sparse = new("--write-sparse-files", "Volume data: only false is taken.") { Hidden = true };
    private readonly Option<int> _parallel = new("--parallel-files-download") { Hidden = true };

    public RestoreSpecOptions() => _policy.AcceptOnlyFromAmong(ExistingResourcePolicies.None, ExistingResourcePolicies.Update);

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_includeNamespaces, _excludeNamespaces, _includeResources, _excludeResources, _cluster])
        {
            command.Add(option);
        }

        _selectors.AddTo(command);
        foreach (var option in (Option[])[_mappings, _policy, _nodePorts, _statusIncludes, _statusExcludes, _modifier, _operations, _volumes, _sparse, _parallel])
        {
            command.Add(option);
        }
    }

    /// <summary>What is asked for, but for the backup.</summary>
    /// <exception cref="UsageException">Options that do not go together, or that ask for what is not done here.</exception>
    public RestoreSpec Read(ParseResult result)
    {
        CheckVolumes(result);
        var (all, any) = _selectors.Read(result);
        var status = (Included: _statusIncludes.Read(result), Excluded: _statusExcludes.Read(result));
        return new RestoreSpec
        {
            IncludedNamespaces = _includeNamespaces.Read(result),
            ExcludedNamespaces = _excludeNamespaces.Read(result),
            IncludedResources = _includeResources.Read(result),
            ExcludedResources = _excludeResources.Read(result),
            NamespaceMapping = Mappings(result),
            LabelSelector = all,
            OrLabelSelectors = any,
            IncludeClusterResources = _cluster.Read(result),
            ExistingResourcePolicy = result.GetValue(_policy),
            PreserveNodePorts = _nodePorts.Read(result),

            // Velero's client passes the excluded ones over when none are included.
            RestoreStatus = status.Included is null ? null : new RestoreStatusSpec { IncludedResources = status.Included, ExcludedResources = status.Excluded },
            ResourceModifier = _modifier.Read(result) is { } name ? new ResourceReference { Kind = "configmap", Name = name } : null,
            ItemOperationTimeout = _operations.Read(result) is { } time ? DurationText.Format(time) : null,
        };
    }

    private IReadOnlyDictionary<string, string>? Mappings(ParseResult result) =>
        _mappings.Read(result) is { } pairs && pairs.FirstOrDefault(static pair => pair.Value.Length == 0 || pair.Value.Contains(':', StringComparison.Ordinal)).Key is { } wrong
            ? throw new UsageException($"the new name of \"{wrong}\" in {_mappings.Name} is none", $"Write it as {_mappings.Name} old1:new1,old2:new2.")
            : _mappings.Read(result);

    private void CheckVolumes(ParseResult result)
    {
        var asked = _volumes.Read(result) == true ? _volumes.Name : _sparse.Read(result) == true ? _sparse.Name : result.GetValue(_parallel) != 0 ? _parallel.Name : null;
        if (asked is not null)
        {
            throw new UsageException(
                $"{asked} asks for the data of volumes, which is not restored here: claims come back with new, empty volumes", "Leave it out, and restore the data with what backed it up.");
        }
    }
}
