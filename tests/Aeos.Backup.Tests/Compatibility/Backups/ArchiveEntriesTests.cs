using System.Formats.Tar;
using System.Text.Json.Nodes;
using Aeos.Backup.Backups;
using Aeos.Backup.Tests.Backups;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Compatibility.Backups;

/// <summary>How items lie in the archive, and what the document says: Velero 1.18, pkg/backup/item_backupper.go, pkg/controller/backup_controller.go.</summary>
public class ArchiveEntriesTests
{
    [Fact]
    public async Task Entries_are_regular_files_of_mode_0755_and_the_version_comes_first()
    {
        await using var fixture = await BackupFixture.StartAsync();
        await fixture.BackUpAsync(new BackupRequest { Name = "b1" });

        using var tar = new TarReader(new MemoryStream(BackupFixture.Gunzip(fixture.Stored(new BackupKeys("b1").Archive))));
        var entries = new List<(string Name, TarEntryType Type, UnixFileMode Mode)>();
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            entries.Add((entry.Name, entry.EntryType, entry.Mode));
        }

        entries[0].Name.ShouldBe("metadata/version");
        entries.ShouldAllBe(static entry => entry.Type == TarEntryType.RegularFile || entry.Type == TarEntryType.V7RegularFile);
        entries.ShouldAllBe(static entry => entry.Mode == (UnixFileMode)0b111_101_101);
    }

    [Fact]
    public async Task Pods_claims_and_volumes_come_before_the_rest()
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        fixture.Seed(
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"shop"}}""",
            """{"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"v"},"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"hostPath":{"path":"/x"}}}""",
            """{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"c","namespace":"shop"},"spec":{"accessModes":["ReadWriteOnce"],"storageClassName":"none","resources":{"requests":{"storage":"1Gi"}}}}""",
            """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","namespace":"shop"},"spec":{"containers":[{"name":"c","image":"i"}]}}""");

        var backup = await BackupView.TakeAsync(fixture);

        var types = backup.Items.Select(static item => item.Split('/')[0]).Distinct().ToList();
        types.Take(3).ShouldBe(["pods", "persistentvolumeclaims", "persistentvolumes"]);
        types.IndexOf("configmaps").ShouldBeLessThan(types.IndexOf("customresourcedefinitions.apiextensions.k8s.io") is var at and >= 0 ? at : int.MaxValue);
    }

    [Fact]
    public async Task An_objects_unknown_fields_and_status_are_kept()
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        fixture.Seed("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"shop"},"fromTheFuture":{"x":[1,2.50,null]},"status":{"phase":"odd"}}""");

        var backup = await BackupView.TakeAsync(fixture);

        var stored = JsonNode.Parse(backup.Entries["resources/configmaps/namespaces/shop/a.json"])!;
        stored["fromTheFuture"]!.ToJsonString().ShouldBe("""{"x":[1,2.50,null]}""");
        ((string?)stored["status"]!["phase"]).ShouldBe("odd");
        ((string?)stored["apiVersion"]).ShouldBe("v1");
    }

    [Fact]
    public async Task The_document_has_what_Velero_fills_in()
    {
        await using var fixture = await BackupFixture.StartAsync();

        var backup = await BackupView.TakeAsync(fixture);

        ((string?)backup.Document["metadata"]!["labels"]!["velero.io/storage-location"]).ShouldBe("default");
        ((string?)backup.Document["spec"]!["storageLocation"]).ShouldBe("default");
        ((string?)backup.Document["spec"]!["ttl"]).ShouldBe("720h0m0s");
        backup.Document["spec"]!["includedNamespaces"]!.AsArray().Select(static name => (string)name!).ShouldBe(["*"]);
        var status = backup.Document["status"]!;
        (DateTimeOffset.Parse((string)status["expiration"]!, null) - DateTimeOffset.Parse((string)status["startTimestamp"]!, null)).ShouldBe(TimeSpan.FromDays(30));
        ((string?)backup.Document["metadata"]!["annotations"]!["velero.io/source-cluster-k8s-gitversion"]).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task The_list_of_resources_goes_by_version_and_kind()
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        fixture.SeedSecret("shop", "b", "k", "v"u8.ToArray());
        fixture.SeedSecret("shop", "a", "k", "v"u8.ToArray());
        await BackupView.TakeAsync(fixture, new BackupSpec { IncludedNamespaces = ["shop"], IncludedResources = ["secrets", "namespaces"] });

        var list = JsonNode.Parse(fixture.StoredText(new BackupKeys("b1").ResourceList))!.AsObject();

        list.Select(static pair => pair.Key).ShouldBe(["v1/Secret", "v1/Namespace"], ignoreOrder: true);
        list["v1/Secret"]!.AsArray().Select(static name => (string)name!).ShouldBe(["shop/a", "shop/b"]);
        list["v1/Namespace"]!.AsArray().Select(static name => (string)name!).ShouldBe(["shop"]);
    }
}
