using System.CommandLine;
using Aeos.Backup.Filters;
using Aeos.Cli.Cluster;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Listings;
using Aeos.Cli.Options;
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
        var what = ServerResources.Noun(type.Api);
        var names = NamesArgument.SomeOrAll(what);
        var selector = new SelectorFilter(what);
        var withDetails = new Option<bool>("--details") { Description = details };
        var format = ListingFormatOption.Create();
        var options = new RecordOptions();
        command.Add(names);
        command.Add(selector);
        command.Add(withDetails);
        command.Add(format);
        options.AddTo(command);
        options.Complete(names, type);
        command.SetAction((result, cancellationToken) =>
        {
            var (wanted, chosen) = (names.Read(result), selector.Read(result));
            return options.RunAsync(
                result,
                async records =>
                {
                    var found = await find(records, wanted, chosen, cancellationToken).ConfigureAwait(false);
                    return await found.DescribeAsync(
                        ListingFormatOption.Read(result, format), resource => describe(records, resource, result.GetValue(withDetails), cancellationToken)).ConfigureAwait(false);
                },
                cancellationToken);
        });
        return command;
    }
}
