using System.CommandLine;
using Aeos.Backup.Filters;
using Aeos.Cli.CommandLine;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary>Velero's options that say what is in a backup.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string[]> _includeNamespaces = List("--include-namespaces", "Namespaces that are in it; * for all, which is the default.");
    private readonly Option<string[]> _excludeNamespaces = List("--exclude-namespaces", "Namespaces that are not.");
    private readonly Option<string[]> _includeResources = List("--include-resources", "Types that are in it, such as deployments.apps; * for all, which is the default.");
    private readonly Option<string[]> _excludeResources = List("--exclude-resources", "Types that are not.");

    private readonly Option<string?> _selector = new("--selector", "-l") { HelpName = "LABELS", Description = "Only objects with these labels, as in app=shop,tier!=cache." };

    private readonly Option<string?> _orSelector = new("--or-selector")
    {
        HelpName = "LABELS",
        Description = "Objects that match one of several selectors, with \" or \" between each two.",
    };

    private readonly Option<bool?> _clusterResources = new("--include-cluster-resources")
    {
        HelpName = "true|false",
        Arity = ArgumentArity.ZeroOrOne,
        Description = "Whether objects in no namespace are in it. Absent: all in a backup of all namespaces, else those that belong to what is.",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_includeNamespaces, _excludeNamespaces, _includeResources, _excludeResources, _selector, _orSelector, _clusterResources])
        {
            command.Add(option);
        }
    }

    /// <summary>What is asked for.</summary>
    /// <exception cref="UsageException">Both kinds of selector are given.</exception>
    public BackupSpec Read(ParseResult result)
    {
        var (one, several) = (result.GetValue(_selector), result.GetValue(_orSelector));
        if (one is not null && several is not null)
        {
            throw new UsageException("--selector and --or-selector are both given", "Give one of them.");
        }

        return new BackupSpec
        {
            IncludedNamespaces = Names(result, _includeNamespaces),
            ExcludedNamespaces = Names(result, _excludeNamespaces),
            IncludedResources = Names(result, _includeResources),
            ExcludedResources = Names(result, _excludeResources),
            LabelSelector = one is null ? null : Selector.Parse(one).Resource,
            OrLabelSelectors = several is null ? null : [.. several.Split(" or ").Select(static part => Selector.Parse(part).Resource)],
            IncludeClusterResources = result.GetResult(_clusterResources) is { Tokens.Count: 0, Implicit: false } ? true : result.GetValue(_clusterResources),
        };
    }

    private static Option<string[]> List(string name, string description) => new(name) { HelpName = "NAME,...", Description = description };

    private static string[]? Names(ParseResult result, Option<string[]> option)
        => (result.GetValue(option) ?? []).SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray() is { Length: > 0 } names
            ? names : null;
}
