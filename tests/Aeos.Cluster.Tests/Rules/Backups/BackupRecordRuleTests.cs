using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Aeos.Cluster.Tests.Running;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Rules.Backups;

/// <summary>How objects lie in the archive, and what the document beside it says.</summary>
public class BackupRecordRuleTests
{
    [Fact]
    public async Task Objects_lie_as_files_by_type_and_namespace_just_as_the_server_sent_them()
    {
        await using var room = await RuleRoom.OpenAsync(pageSize: 1);
        await room.Cluster.DefineAsync("widgets", "Widget");
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        var version = $"{room.Cluster.Group}/v1";
        await room.MakeAsync(version, "Widget", shop, "w", """ "fromTheFuture":{"x":[1,2.5,null]}""");
        await room.PatchAsync(version, "Widget", shop, "w", """{"status":{"phase":"odd"}}""", options: new Kubernetes.Requests.WriteOptions { Subresource = "status" });
        foreach (var number in Enumerable.Range(0, 5))
        {
            await room.Cluster.CreateConfigMapAsync(shop, $"map-{number}");
        }

        await room.BackUpAsync(shop);

        using var tar = new TarReader(new GZipStream(new MemoryStream(room.Bucket.Stored(new BackupKeys("nightly").Archive)), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile).ShouldBeTrue(entry.Name);
            entry.Mode.ShouldBe((UnixFileMode)0b111_101_101, entry.Name);
        }

        var entries = room.Bucket.Entries("nightly");
        var widget = JsonNode.Parse(entries[$"resources/widgets.{room.Cluster.Group}/namespaces/{shop}/w.json"])!;
        widget["fromTheFuture"]!.ToJsonString().ShouldBe("""{"x":[1,2.5,null]}""");
        ($"{widget.At("status", "phase")}", $"{widget.At("apiVersion")}", $"{widget.At("kind")}").ShouldBe(("odd", version, "Widget"));
        JsonNode.DeepEquals(widget, await room.GetAsync(version, "Widget", shop, "w")).ShouldBeTrue();
        entries.Keys.ShouldContain($"resources/namespaces/cluster/{shop}.json");
        entries.Keys.ShouldContain($"resources/customresourcedefinitions.apiextensions.k8s.io/cluster/widgets.{room.Cluster.Group}.json");

        // Each page had one object.
        entries.Keys.Count(key => key.StartsWith($"resources/configmaps/namespaces/{shop}/map-", StringComparison.Ordinal)).ShouldBe(5);
        var list = room.Bucket.Companion(new BackupKeys("nightly").ResourceList);
        list[$"{version}/Widget"]!.ToJsonString().ShouldBe($"[\"{shop}/w\"]");
    }

    [Fact]
    public async Task The_document_has_what_Velero_fills_in()
    {
        await using var room = await RuleRoom.OpenAsync();
        var server = await room.Cluster.Client.GetVersionAsync(default);

        var outcome = await room.BackUpAsync(new BackupSpec { IncludedResources = ["priorityclasses"] });

        var document = JsonNode.Parse(room.Bucket.Stored(new BackupKeys("nightly").Document))!;
        ($"{document.At("spec", "ttl")}", document.At("spec", "includedNamespaces")!.ToJsonString(), $"{document.At("spec", "storageLocation")}").ShouldBe(("720h0m0s", """["*"]""", "default"));
        $"{document.At("metadata", "labels", "velero.io/storage-location")}".ShouldBe("default");
        var annotations = document.At("metadata", "annotations");
        $"{annotations.At("velero.io/source-cluster-k8s-gitversion")}".ShouldBe(server.GitVersion);
        $"{annotations.At("velero.io/source-cluster-k8s-major-version")}.{annotations.At("velero.io/source-cluster-k8s-minor-version")}".ShouldBe($"{server.Major}.{server.Minor}");
        var status = document["status"];
        (Time("expiration") - Time("startTimestamp")).ShouldBe(TimeSpan.FromDays(30));
        ($"{status.At("version")}", $"{status.At("formatVersion")}", $"{status.At("phase")}").ShouldBe(("1", "1.1.0", "Completed"));
        var count = room.Bucket.Items("nightly").Count;
        ($"{status.At("progress", "itemsBackedUp")}", $"{status.At("progress", "totalItems")}").ShouldBe(($"{count}", $"{count}"));
        document.At("spec", "excludedResources")!.ToJsonString().ShouldContain("volumesnapshots.snapshot.storage.k8s.io");
        outcome.Document.Status.Phase.ShouldBe("Completed");

        DateTimeOffset Time(string field) => DateTimeOffset.Parse($"{status.At(field)}", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task The_locations_name_is_a_label_that_is_cut_when_it_is_long()
    {
        await using var room = await RuleRoom.OpenAsync();

        // pkg/label/label_test.go.
        const string Name = "this_is_a_very_long_label_value_that_will_be_rejected_by_Kubernetes";
        await room.BackUpAsync(new BackupSpec { IncludedResources = ["priorityclasses"], StorageLocation = Name, Ttl = "25h" });

        var document = JsonNode.Parse(room.Bucket.Stored(new BackupKeys("nightly").Document))!;
        $"{document.At("spec", "storageLocation")} {document.At("spec", "ttl")}".ShouldBe($"{Name} 25h0m0s");
        $"{document.At("metadata", "labels", "velero.io/storage-location")}".ShouldBe("this_is_a_very_long_label_value_that_will_be_rejected_by_8d0722");
    }

    [Fact]
    public async Task Warnings_and_errors_are_counted_and_listed()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");

        await room.BackUpAsync(new BackupSpec
        {
            IncludedNamespaces = [shop, room.Cluster.Name("absent")],
            IncludedResources = ["configmaps", "namespaces"],
            OrderedResources = new Dictionary<string, string> { ["configmaps"] = $"{shop}/one,{shop}/two" },
        });

        var status = JsonNode.Parse(room.Bucket.Stored(new BackupKeys("nightly").Document))!["status"];
        ($"{status.At("errors")}", $"{status.At("warnings")}", $"{status.At("phase")}").ShouldBe(("1", "2", "PartiallyFailed"));
        var results = room.Bucket.Companion(new BackupKeys("nightly").Results);
        results["errors"]!.ToJsonString().ShouldContain(room.Cluster.Name("absent"));
        results["warnings"]!.ToJsonString().ShouldContain($"{shop}/one");
        results["warnings"]!.ToJsonString().ShouldContain($"{shop}/two");
    }
}
