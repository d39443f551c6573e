using System.CommandLine;
using Aeos.Backup.Filters;
using Aeos.Backup.Keys;
using Aeos.Backup.Reading;
using Aeos.Cli.Cluster;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Listings;
using Aeos.Cli.Options;
using Aeos.Cli.Stores;
using Aeos.ObjectStore;
using Aeos.ObjectStore.Locations;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Engine;

/// <summary>What the verbs <c>delete</c> of backups and restores have in common: what is meant, the confirmation, and a line for each that went.</summary>
/// <param name="type">What is deleted.</param>
internal sealed class DeleteVerb<T>(ResourceType<T> type)
    where T : class, IListedDocument
{
    private readonly string _what = ServerResources.Noun(type.Api);
    private readonly ChoiceOptions _choice = new(ServerResources.Noun(type.Api));
    private readonly Confirmation _confirmation = new();
    private readonly LocationOptions _location = LocationOptions.ForVerbs();
    private readonly ClusterOptions _cluster = new();

    /// <summary>What stands before the thing in the question about a bucket, such as <c>the records of </c>; or nothing.</summary>
    public string Lead { get; init; } = "";

    /// <summary>What stands behind the question; or nothing.</summary>
    public string Trail { get; init; } = "";

    /// <summary>Opens the location.</summary>
    public required Func<LocationOptions, ParseResult, CancellationToken, Task<BareLocation>> Open { get; init; }

    /// <summary>Lists the names of all in a bucket that a selector selects.</summary>
    public required Func<BucketReader, Selector?, CancellationToken, Task<FoundResources<T>>> List { get; init; }

    /// <summary>Deletes one from a bucket, and says what went, such as <c>3 objects</c>.</summary>
    public required Func<IObjectStore, string, CancellationToken, Task<string>> DeleteStored { get; init; }

    /// <summary>Deletes one in the cluster, and says so in a line.</summary>
    public required Func<ServerResources, T, CancellationToken, Task<string>> DeleteResource { get; init; }

    /// <summary>Makes the command.</summary>
    /// <param name="command">The verb, bare.</param>
    public Command Create(DocumentedCommand command)
    {
        _choice.AddTo(command);
        _confirmation.AddTo(command);
        _location.AddTo(command);
        _cluster.AddTo(command);
        NameCompletion.Add(_choice.Names.CompletionSources, type, _cluster, _location);
        command.SetAction((result, cancellationToken) =>
        {
            var (names, selector) = _choice.Read(result);
            return _location.IsGiven(result) ? DeleteStoredAsync(result, names, selector, cancellationToken) : DeleteResourcesAsync(result, names, selector, cancellationToken);
        });
        return command;
    }

    private async Task<int> DeleteResourcesAsync(ParseResult result, IReadOnlyList<string> names, Selector? selector, CancellationToken cancellationToken)
    {
        result.RefuseWithoutLocation(_location.Credentials);
        using var resources = new ServerResources(_cluster.ConnectForLackOfLocation(result), _cluster.Namespace(result));
        var found = await resources.FindAsync(type, names, selector, StringComparer.Ordinal, cancellationToken).ConfigureAwait(false);
        return await Deletion.RunAsync(
            found.All,
            _what,
            static document => document.Metadata.Name,
            doomed => _confirmation.IsGiven(result, $"About to delete {doomed}.{Trail}"),
            document => DeleteResource(resources, document, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<int> DeleteStoredAsync(ParseResult result, IReadOnlyList<string> names, Selector? selector, CancellationToken cancellationToken)
    {
        await using var bucket = await Open(_location, result, cancellationToken).ConfigureAwait(false);
        if (names.Count == 0)
        {
            using var keys = new ReadingKeys([], new KeyScope());
            var found = await List(new BucketReader(bucket.Store, keys, bucket.Domain), selector, cancellationToken).ConfigureAwait(false);
            names = [.. found.All.Select(static document => document.Metadata.Name)];
        }

        return await Deletion.RunAsync(
            names,
            _what,
            static name => name,
            doomed => _confirmation.IsGiven(result, $"About to delete {Lead}{doomed}.{Trail}"),
            async name => $"{char.ToUpperInvariant(_what[0])}{_what[1..]} {name} deleted: {await DeleteStored(bucket.Store, name, cancellationToken).ConfigureAwait(false)}.").ConfigureAwait(false);
    }
}
