using System.CommandLine;
using Aeos.Backup.Filters;
using Aeos.Cli.Cluster;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Listings;
using Aeos.Cli.Options;
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
    {
        var what = ServerResources.Noun(type.Api);
        var names = NamesArgument.SomeOrAll(what);
        var selector = new SelectorFilter(what);
        var format = ListingFormatOption.Create();
        var options = new RecordOptions(readsObjects: false);
        command.Add(names);
        command.Add(selector);
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
                    return await found.ListAsync(ListingFormatOption.Read(result, format), table).ConfigureAwait(false);
                },
                cancellationToken);
        });
        return command;
    }
}
