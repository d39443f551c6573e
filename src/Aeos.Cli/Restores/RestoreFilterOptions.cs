using System.CommandLine;
using Aeos.Backup.Filters;
using Aeos.Backup.Restores;
using Aeos.Cli.CommandLine;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Restores;

/// <summary>What of a backup is restored, and as what: Velero's flags.</summary>
internal sealed class RestoreFilterOptions
{
    private readonly Option<string[]> _includeNamespaces = List("--include-namespaces", "Namespaces of the backup to restore. Default: all.");
    private readonly Option<string[]> _excludeNamespaces = List("--exclude-namespaces", "Namespaces of the backup to leave out.");
    private readonly Option<string[]> _includeResources = List("--include-resources", "Types to restore, such as deployments.apps. Default: all.");
    private readonly Option<string[]> _excludeResources = List("--exclude-resources", "Types to leave out.");
    private readonly Option<string[]> _mappings = List("--namespace-mappings", "Namespaces that get another name, as OLD:NEW.");
    private readonly Option<string?> _selector = new("--selector") { HelpName = "SELECTOR", Description = "Labels that objects must have, as kubectl writes them." };
    private readonly Option<bool?> _cluster = new("--include-cluster-resources") { Description = "Whether objects in no namespace are restored. Default: when all namespaces are." };
    private readonly Option<string> _policy = new("--existing-resource-policy")
    {
        HelpName = "none|update",
        Description = "What is done with objects that exist and differ: left with a warning, or changed to what the backup has. Default: none.",
        DefaultValueFactory = static _ => "none",
    };
    private readonly Option<bool> _nodePorts = new("--preserve-nodeports") { Description = "Keep the node ports that the old cluster gave." };

    public RestoreFilterOptions() => _policy.AcceptOnlyFromAmong("none", "update");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_includeNamespaces, _excludeNamespaces, _includeResources, _excludeResources, _mappings, _selector, _cluster, _policy, _nodePorts])
        {
            command.Add(option);
        }
    }

    public RestoreOptions Read(ParseResult result, string name, string backup) => new()
    {
        Name = name,
        Spec = new RestoreSpec
        {
            BackupName = backup,
            IncludedNamespaces = Values(result, _includeNamespaces),
            ExcludedNamespaces = Values(result, _excludeNamespaces),
            IncludedResources = Values(result, _includeResources),
            ExcludedResources = Values(result, _excludeResources),
            NamespaceMapping = Mappings(Values(result, _mappings)),
            LabelSelector = result.GetValue(_selector) is { } selector ? Selector.Parse(selector).Resource : null,
            IncludeClusterResources = result.GetValue(_cluster),
            ExistingResourcePolicy = result.GetValue(_policy),
            PreserveNodePorts = result.GetValue(_nodePorts),
        },
    };

    private static Option<string[]> List(string name, string description) =>
        new(name) { HelpName = "LIST", Description = $"{description} Comma-separated; may be given several times." };

    private static List<string>? Values(ParseResult result, Option<string[]> option) =>
        (result.GetValue(option) ?? []).SelectMany(static value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList() is { Count: > 0 } values ? values : null;

    private static Dictionary<string, string>? Mappings(List<string>? pairs)
    {
        if (pairs is null)
        {
            return null;
        }

        var mappings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            if (pair.Split(':') is not [{ Length: > 0 } from, { Length: > 0 } to] || !mappings.TryAdd(from, to))
            {
                throw new UsageException($"--namespace-mappings has \"{pair}\", which is not OLD:NEW or has an OLD for the second time", "Write it as --namespace-mappings old1:new1,old2:new2.");
            }
        }

        return mappings;
    }
}
