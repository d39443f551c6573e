using System.Text.Json.Nodes;
using Aeos.Backup.Restores;
using Aeos.Backup.Tests.Restores;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Compatibility.Restores;

/// <summary>A restore as somebody sees it who looks into the bucket.</summary>
internal sealed class RestoreView
{
    private RestoreView(string phase, JsonNode results, JsonNode list)
    {
        Phase = phase;
        Results = results;
        List = list;
    }

    public string Phase { get; }

    public JsonNode Results { get; }

    /// <summary>What became of each object, by <c>VERSION/KIND</c>.</summary>
    public JsonNode List { get; }

    /// <summary>Objects of one kind with what became of them, such as <c>shop/web(created)</c>.</summary>
    public IEnumerable<string> Of(string kind) => (List[kind] as JsonArray ?? []).Select(static name => (string)name!);

    /// <summary>Messages in the results.</summary>
    /// <param name="kind"><c>errors</c> or <c>warnings</c>.</param>
    /// <param name="heading"><c>velero</c>, <c>cluster</c> or a namespace.</param>
    public IReadOnlyList<string> Messages(string kind, string heading) =>
        [.. ((heading is "velero" or "cluster" ? Results[kind]?[heading] : Results[kind]?["namespaces"]?[heading]) as JsonArray ?? []).Select(static message => (string)message!)];

    /// <summary>How many messages there are.</summary>
    public int Count(string kind) => Messages(kind, "velero").Count + Messages(kind, "cluster").Count
        + (Results[kind]?["namespaces"] as JsonObject ?? []).Sum(static pair => pair.Value!.AsArray().Count);

    /// <summary>Restores an archive.</summary>
    public static async Task<RestoreView> RunAsync(RestoreBench bench, VeleroArchive archive, RestoreSpec? spec = null, string name = "again")
    {
        await bench.PutBackupAsync(archive.ToBytes());
        await bench.Cluster.SettleAsync();
        var (document, _) = await bench.RestoreAsync(new RestoreOptions { Name = name, Spec = (spec ?? new RestoreSpec()) with { BackupName = "nightly" } });
        var keys = new RestoreKeys(name);
        return new RestoreView(document.Status.Phase!, await bench.ReadCompanionAsync(keys.Results), await bench.ReadCompanionAsync(keys.ResourceList));
    }
}
