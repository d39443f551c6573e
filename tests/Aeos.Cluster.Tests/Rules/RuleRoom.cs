using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Aeos.Backup.Backups;
using Aeos.Backup.Keys;
using Aeos.Backup.Reading;
using Aeos.Backup.Restores;
using Aeos.Cluster.Tests.Archives;
using Aeos.Cluster.Tests.Running;
using Aeos.Kubernetes.Requests;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Rules;

/// <summary>A part of a cluster, a bucket, and a namespace that stands for the backup server's.</summary>
internal sealed class RuleRoom(ClusterRoom cluster, Bucket bucket) : IAsyncDisposable
{
    /// <summary>A pod's containers, of an image that nothing runs.</summary>
    public const string Containers = """
        "containers":[{"name":"c","image":"example.org/web:1"}]
        """;

    private const string Definitions = "apiextensions.k8s.io/v1";

    private readonly List<string> _foreign = [];
    private string? _server;

    public ClusterRoom Cluster { get; } = cluster;

    public Bucket Bucket { get; } = bucket;

    public string Mark => Cluster.Mark;

    public static async Task<RuleRoom> OpenAsync(int pageSize = 500)
    {
        var cluster = await ClusterRoom.OpenAsync(pageSize);
        return new RuleRoom(cluster, await Bucket.CreateAsync(cluster));
    }

    /// <summary>The namespace in which policies, modifiers and maps are looked for.</summary>
    public async Task<string> ServerAsync() => _server ??= await Cluster.CreateNamespaceAsync("server");

    /// <summary>Makes an object.</summary>
    /// <param name="apiVersion">Its API version.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="place">Its namespace; null: none.</param>
    /// <param name="name">Its name.</param>
    /// <param name="fields">Its fields, beside metadata.</param>
    /// <param name="metadata">Its metadata's fields, beside name and namespace.</param>
    public Task MakeAsync(string apiVersion, string kind, string? place, string name, string fields = "", string metadata = "")
    {
        var item = (JsonObject)JsonNode.Parse("{" + fields + "}")!;
        var data = (JsonObject)JsonNode.Parse("{" + metadata + "}")!;
        data["name"] = name;
        if (place is not null)
        {
            data["namespace"] = place;
        }

        (item["apiVersion"], item["kind"], item["metadata"]) = (apiVersion, kind, data);
        return Cluster.CreateAsync(item.ToJsonString());
    }

    /// <summary>Makes a config map of the server's, with one key.</summary>
    public async Task ConfigureAsync(string name, string text, string labels = "", string key = "rules")
        => await MakeAsync("v1", "ConfigMap", await ServerAsync(), name, "\"data\":" + new JsonObject { [key] = text }.ToJsonString(), $"\"labels\":{{{labels}}}");

    public async Task PatchAsync(string apiVersion, string kind, string? place, string name, string patch, PatchType type = PatchType.Merge, WriteOptions? options = null)
        => await Cluster.Client.PatchAsync(await Cluster.TypeAsync(apiVersion, kind), place, name, type, Encoding.UTF8.GetBytes(patch), options);

    public Task<JsonObject> GetAsync(string apiVersion, string kind, string? place, string name) => Cluster.GetAsync(apiVersion, kind, place, name);

    public Task<JsonObject?> FindAsync(string apiVersion, string kind, string? place, string name) => Cluster.FindAsync(apiVersion, kind, place, name);

    /// <summary>Defines a type of a group that is not the test's own, until the room is left.</summary>
    /// <remarks>Tests that do are in the collection <see cref="ForeignDefinitions"/>: the names are the same for all of them.</remarks>
    public async Task DefineAsync(string group, string plural, string kind, string scope = "Namespaced", string metadata = "")
    {
        var name = $"{plural}.{group}";
        if (await FindAsync(Definitions, "CustomResourceDefinition", null, name) is not null)
        {
            return;
        }

        _foreign.Add(name);
        await MakeAsync(Definitions, "CustomResourceDefinition", null, name, $$$$"""
            "spec":{"group":"{{{{group}}}}","scope":"{{{{scope}}}}","names":{"plural":"{{{{plural}}}}","singular":"{{{{kind.ToLowerInvariant()}}}}","kind":"{{{{kind}}}}","listKind":"{{{{kind}}}}List"},
             "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}
            """, $$""" "annotations":{"api-approved.kubernetes.io":"unapproved, for a test"}{{metadata}}""");
    }

    /// <summary>Has a definition that a restore makes, of a group that is not the test's own, removed when the room is left.</summary>
    public void RemoveAtEnd(string definition) => _foreign.Add(definition);

    /// <summary>Puts a backup into the bucket that somebody else wrote.</summary>
    public Task PutAsync(ItemArchive archive, string name = "nightly", string status = "") => Bucket.PutBackupAsync(name, archive.ToBytes(), status);

    /// <summary>Backs up as the server would; errors are the test's to look at.</summary>
    public async Task<BackupOutcome> BackUpAsync(BackupSpec spec, string name = "nightly", bool allVersions = false)
    {
        var request = new BackupRequest { Name = name, Spec = spec, Namespace = _server ?? "velero", AllApiVersions = allVersions };
        return await new BackupEngine(Cluster.Client, Bucket.Store, null, TimeProvider.System).RunAsync(request, null, default);
    }

    /// <summary>What became of objects of a kind in a restore, such as <c>shop/web(created)</c>.</summary>
    /// <param name="kind">Version and kind, such as <c>v1/Pod</c>.</param>
    /// <param name="name">The restore's name.</param>
    public IReadOnlyList<string> Fates(string kind, string name = "again")
        => [.. (Bucket.Companion(new RestoreKeys(name).ResourceList)[kind] as JsonArray ?? []).Select(static fate => $"{fate}")];

    /// <summary>Backs up these namespaces; errors fail the test.</summary>
    public async Task<SortedDictionary<string, JsonObject>> BackUpAsync(params string[] namespaces)
    {
        var outcome = await BackUpAsync(new BackupSpec { IncludedNamespaces = namespaces });
        Errors(outcome).ShouldBeEmpty();
        return Bucket.Items("nightly");
    }

    /// <inheritdoc cref="Bucket.Errors"/>
    public IReadOnlyList<string> Errors(BackupOutcome outcome) => Bucket.Errors(outcome);

    /// <summary>Restores as the server would; errors are the test's to look at.</summary>
    public async Task<(RestoreDocument Document, RestoreOutcome Outcome)> RestoreAsync(
        RestoreSpec? spec = null, string name = "again", ResourcePriorities? priorities = null, bool allVersions = false, TimeSpan? patience = null)
    {
        spec ??= new RestoreSpec();
        spec.BackupName ??= "nightly";
        return await RunAsync(spec, name, priorities, allVersions, patience);
    }

    /// <summary>Restores what a schedule made last; null: of neither a backup nor a schedule.</summary>
    public Task<(RestoreDocument Document, RestoreOutcome Outcome)> RestoreScheduleAsync(string? schedule) => RunAsync(new RestoreSpec { ScheduleName = schedule }, "again", null, false, null);

    private async Task<(RestoreDocument Document, RestoreOutcome Outcome)> RunAsync(RestoreSpec spec, string name, ResourcePriorities? priorities, bool allVersions, TimeSpan? patience)
    {
        var job = new RestoreJob { Cluster = Cluster.Client, Bucket = new BucketReader(Bucket.Store, new ReadingKeys([], new KeyScope()), null), Store = Bucket.Store };
        return await job.RunAsync(
            new RestoreOptions
            {
                Name = name,
                Spec = spec,
                Namespace = _server ?? "velero",
                SpoolFolder = Bucket.Folder,
                Priorities = priorities ?? ResourcePriorities.Default,
                EnableApiGroupVersions = allVersions,
                TerminatingTimeout = patience ?? TimeSpan.FromMinutes(10),
                ResourceTimeout = patience ?? TimeSpan.FromMinutes(10),
            },
            default);
    }

    /// <summary>Restores; errors fail the test.</summary>
    public async Task<RestoreOutcome> RestoreCleanlyAsync(RestoreSpec? spec = null, string name = "again")
    {
        var (_, outcome) = await RestoreAsync(spec, name);
        Bucket.Messages(outcome.Errors).ShouldBeEmpty();
        return outcome;
    }

    /// <summary>The names of an archive's entries, in their order.</summary>
    public List<string> Entries()
    {
        using var tar = new TarReader(new GZipStream(new MemoryStream(Bucket.Stored(new BackupKeys("nightly").Archive)), CompressionMode.Decompress));
        var names = new List<string>();
        while (tar.GetNextEntry() is { } entry)
        {
            names.Add(entry.Name);
        }

        return names;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in _foreign)
        {
            await Cluster.DeleteAsync(Definitions, "CustomResourceDefinition", null, name);
        }

        await Bucket.DisposeAsync();
        await Cluster.DisposeAsync();
    }
}
