using System.CommandLine;
using System.CommandLine.Completions;
using Aeos.Cli.Engine;
using Aeos.Cli.Stores;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Cluster;

/// <summary>Completes names by what is in the cluster. A cluster that cannot be asked, or is slow, completes nothing, in silence: somebody is typing.</summary>
internal static class NameCompletion
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <param name="sources">Where completions come from.</param>
    /// <param name="type">What is named.</param>
    /// <param name="cluster">The options that say which cluster.</param>
    /// <param name="location">The option that says that no cluster is meant; null: there is none.</param>
    public static void Add<T>(List<Func<CompletionContext, IEnumerable<CompletionItem>>> sources, ResourceType<T> type, ClusterOptions cluster, LocationOptions? location)
        where T : class, IListedDocument => sources.Add(context => location?.IsGiven(context.ParseResult) == true ? []
            : Names(type, cluster, context.ParseResult).Select(static name => new CompletionItem(name)));

    // The library asks in a blocking way.
    private static List<string> Names<T>(ResourceType<T> type, ClusterOptions cluster, ParseResult result)
        where T : class, IListedDocument
    {
        try
        {
            return Task.Run(() => ListAsync(type, cluster, result)).GetAwaiter().GetResult();
        }
        catch (Exception)
        {
            return [];
        }
    }

    private static async Task<List<string>> ListAsync<T>(ResourceType<T> type, ClusterOptions cluster, ParseResult result)
        where T : class, IListedDocument
    {
        using var limit = new CancellationTokenSource(Patience);
        using var resources = new ServerResources(cluster.ConnectInPassing(result, Patience), cluster.Namespace(result));
        var names = new List<string>();
        await foreach (var item in resources.Of(type).ListAsync(null, limit.Token).ConfigureAwait(false))
        {
            names.Add(item.Metadata.Name);
        }

        return names;
    }
}
