using System.CommandLine;
using Aeos.Backup.Filters;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Listings;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Engine;

/// <summary>What the verbs <c>describe</c> have in common: names, <c>--selector</c>, <c>--details</c>, the output's format, and where to look.</summary>
internal static class DescribeVerb
{
    /// <param name="command">The verb, bare.</param>
    /// <param name="type">What is described.</param>
    /// <param name="details">The help of <c>--details</c>.</param>
    /// <param name="find">Finds those that are named, or all.</param>
    /// <param name="describe">Describes one, with details or without.</param>
    public static Command Create<TResource>(
        DocumentedCommand command,
        ResourceType<TResource> type,
        string details,
        Func<IRecords, IReadOnlyList<string>, Selector?, CancellationToken, Task<FoundResources<TResource>>> find,
        Func<IRecords, TResource, bool, CancellationToken, Task<Description>> describe)
        where TResource : class, IListedDocument
    {
        var withDetails = new Option<bool>("--details") { Description = details };
        return SelectedVerb.Create(
            command,
            type,
            new RecordOptions(),
            [withDetails],
            find,
            (found, records, result, format, cancellationToken) =>
                found.DescribeAsync(format, resource => describe(records, resource, result.GetValue(withDetails), cancellationToken)));
    }
}
