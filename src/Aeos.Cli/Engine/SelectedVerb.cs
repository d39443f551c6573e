using System.CommandLine;
using Aeos.Backup.Filters;
using Aeos.Cli.Cluster;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Listings;
using Aeos.Cli.Options;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Engine;

/// <summary>What the verbs <c>get</c> and <c>describe</c> of backups and restores have in common: names, <c>--selector</c>, the output's format, and where to look.</summary>
internal static class SelectedVerb
{
    /// <param name="command">The verb, bare.</param>
    /// <param name="type">What it is about.</param>
    /// <param name="options">Where to look.</param>
    /// <param name="own">Options of the verb's own.</param>
    /// <param name="find">Finds those that are named, or all.</param>
    /// <param name="show">Shows them.</param>
    public static Command Create<TResource>(
        DocumentedCommand command,
        ResourceType<TResource> type,
        RecordOptions options,
        IEnumerable<Option> own,
        Func<IRecords, IReadOnlyList<string>, Selector?, CancellationToken, Task<FoundResources<TResource>>> find,
        Func<FoundResources<TResource>, IRecords, ParseResult, ListingFormat, CancellationToken, Task<int>> show)
        where TResource : class, IListedDocument
    {
        var what = ServerResources.Noun(type.Api);
        var names = NamesArgument.SomeOrAll(what);
        var selector = new SelectorFilter(what);
        var format = ListingFormatOption.Create();
        command.Add(names);
        command.Add(selector);
        foreach (var option in own)
        {
            command.Add(option);
        }

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
                    return await show(found, records, result, ListingFormatOption.Read(result, format), cancellationToken).ConfigureAwait(false);
                },
                cancellationToken);
        });
        return command;
    }
}
