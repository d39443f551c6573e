using System.Text.Json.Nodes;
using Aeos.Backup.Backups;
using Aeos.Backup.Tests.Backups;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Compatibility.Backups;

/// <summary>A backup as somebody sees it who looks into the bucket.</summary>
internal sealed class BackupView
{
    private const string Name = "b1";

    private BackupView(IReadOnlyDictionary<string, string> entries, JsonNode results, JsonNode document)
    {
        Entries = entries;
        Results = results;
        Document = document;
    }

    /// <summary>The archive's entries.</summary>
    public IReadOnlyDictionary<string, string> Entries { get; }

    public JsonNode Results { get; }

    public JsonNode Document { get; }

    /// <summary>The items as <c>TYPE/NAMESPACE/NAME</c> or <c>TYPE/NAME</c>, once each.</summary>
    public IEnumerable<string> Items => Entries.Keys
        .Where(static key => key.StartsWith("resources/", StringComparison.Ordinal))
        .Select(static key => key["resources/".Length..^".json".Length].Split('/'))
        .Where(static parts => parts[1] is "cluster" or "namespaces")
        .Select(static parts => string.Join('/', [parts[0], .. parts[2..]]));

    /// <summary>The names of the items of one type.</summary>
    public IEnumerable<string> Of(string type) => Items.Where(item => item.StartsWith($"{type}/", StringComparison.Ordinal)).Select(item => item[(type.Length + 1)..]);

    /// <summary>Messages in the results.</summary>
    /// <param name="kind"><c>errors</c> or <c>warnings</c>.</param>
    /// <param name="heading"><c>velero</c>, <c>cluster</c> or a namespace.</param>
    public IEnumerable<string> Messages(string kind, string heading) =>
        ((heading is "velero" or "cluster" ? Results[kind]?[heading] : Results[kind]?["namespaces"]?[heading]) as JsonArray ?? []).Select(static message => (string)message!);

    /// <summary>Takes a backup.</summary>
    public static async Task<BackupView> TakeAsync(BackupFixture fixture, BackupSpec? spec = null)
    {
        await fixture.Cluster.SettleAsync();
        await fixture.BackUpAsync(new BackupRequest { Name = Name, Spec = spec ?? new BackupSpec() });
        var keys = new BackupKeys(Name);
        return new BackupView(
            fixture.StoredArchive(Name), JsonNode.Parse(fixture.StoredText(keys.Results))!, JsonNode.Parse(fixture.Stored(keys.Document))!);
    }
}
