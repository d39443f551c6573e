using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Listings;
using Aeos.Cli.Options;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Cluster;

/// <summary>Velero's verbs on resources that are in the cluster only.</summary>
/// <param name="type">Their type.</param>
internal sealed class ResourceVerbs<T>(ResourceType<T> type)
    where T : class, IListedDocument
{
    private readonly string _what = ServerResources.Noun(type.Api);

    /// <summary><c>get</c>.</summary>
    /// <param name="command">The verb, bare.</param>
    /// <param name="table">Makes a table.</param>
    /// <param name="filter">Says which of those that were found are shown; null: all.</param>
    public Command Get(DocumentedCommand command, Func<IEnumerable<T>, string> table, Func<ParseResult, T, bool>? filter = null) => Show(
        command,
        (result, found, format) => (filter is null ? found : found with { All = [.. found.All.Where(item => filter(result, item))] }).ListAsync(format, table));

    /// <summary><c>describe</c>.</summary>
    /// <param name="command">The verb, bare.</param>
    /// <param name="describe">Describes one.</param>
    public Command Describe(DocumentedCommand command, Func<T, Description> describe) => Show(
        command, (_, found, format) => found.DescribeAsync(format, item => Task.FromResult(describe(item))));

    /// <summary><c>delete</c>.</summary>
    /// <param name="command">The verb, bare.</param>
    /// <param name="trail">What stands behind the question.</param>
    /// <param name="delete">Deletes one, and says so in a line.</param>
    public Command Delete(DocumentedCommand command, string trail, Func<ServerResources, T, CancellationToken, Task<string>> delete)
    {
        var confirmation = new Confirmation();
        confirmation.AddTo(command);
        return Change(
            command,
            (result, resources, found, cancellationToken) => Deletion.RunAsync(
                found.All,
                _what,
                static item => item.Metadata.Name,
                doomed => confirmation.IsGiven(result, $"About to delete {doomed}.{trail}"),
                item => delete(resources, item, cancellationToken)));
    }

    /// <summary>A verb that does something to resources that are chosen by name, by labels, or all.</summary>
    /// <param name="command">The verb, bare.</param>
    /// <param name="change">Does it, and gives the exit code.</param>
    public Command Change(DocumentedCommand command, Func<ParseResult, ServerResources, FoundResources<T>, CancellationToken, Task<int>> change)
    {
        var (choice, cluster) = (new ChoiceOptions(_what), new ClusterOptions());
        choice.AddTo(command);
        cluster.AddTo(command);
        NameCompletion.Add(choice.Names.CompletionSources, type, cluster, null);
        command.SetAction(async (result, cancellationToken) =>
        {
            var (names, selector) = choice.Read(result);
            using var resources = new ServerResources(cluster.Connect(result), cluster.Namespace(result));
            var found = await resources.FindAsync(type, names, selector, StringComparer.Ordinal, cancellationToken).ConfigureAwait(false);
            return await change(result, resources, found, cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private DocumentedCommand Show(DocumentedCommand command, Func<ParseResult, FoundResources<T>, ListingFormat, Task<int>> show)
    {
        var (names, selector, format, cluster) = (NamesArgument.SomeOrAll(_what), new SelectorFilter(_what), ListingFormatOption.Create(), new ClusterOptions());
        command.Add(names);
        command.Add(selector);
        command.Add(format);
        cluster.AddTo(command);
        NameCompletion.Add(names.CompletionSources, type, cluster, null);
        command.SetAction(async (result, cancellationToken) =>
        {
            var (wanted, chosen) = (names.Read(result), selector.Read(result));
            using var resources = new ServerResources(cluster.Connect(result), cluster.Namespace(result));
            var found = await resources.FindAsync(type, wanted, chosen, StringComparer.Ordinal, cancellationToken).ConfigureAwait(false);
            return await show(result, found, ListingFormatOption.Read(result, format)).ConfigureAwait(false);
        });
        return command;
    }
}
