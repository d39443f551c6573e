using System.CommandLine;
using Aeos.Backup.Filters;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Listings;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Engine;

/// <summary>What the verbs <c>get</c> of backups and restores have in common: names, <c>--selector</c>, the output's format, and where to look.</summary>
internal static class GetVerb
{
    /// <param name="command">The verb, bare.</param>
    /// <param name="type">What is listed.</param>
    /// <param name="find">Finds those that are named, or all.</param>
    /// <param name="table">Makes a table of them.</param>
    public static Command Create<TResource>(
        DocumentedCommand command,
        ResourceType<TResource> type,
        Func<IRecords, IReadOnlyList<string>, Selector?, CancellationToken, Task<FoundResources<TResource>>> find,
        Func<IEnumerable<TResource>, string> table)
        where TResource : class, IListedDocument
        => SelectedVerb.Create(command, type, new RecordOptions(readsObjects: false), [], find, (found, _, _, format, _) => found.ListAsync(format, table));
}
