using Aeos.Backup.Backups;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Backups;

/// <summary>What a backup fills in by itself.</summary>
public class BackupFillingTests
{
    private const string Contents = "volumesnapshotcontents.snapshot.storage.k8s.io";
    private const string Snapshots = "volumesnapshots.snapshot.storage.k8s.io";

    [Theory]
    [InlineData(null, "default", "default")]
    [InlineData("north", "north", "north")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", null, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaffe054")]
    public async Task The_location_is_named_in_the_spec_and_in_a_label_that_is_cut_when_it_is_long(string? asked, string? spec, string label)
    {
        await using var fixture = await BackupFixture.StartAsync();
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = new BackupSpec { StorageLocation = asked } });
        var document = Document(fixture);
        document.Spec.StorageLocation.ShouldBe(spec ?? asked);
        document.Metadata.Labels!["velero.io/storage-location"].ShouldBe(label);
    }

    [Fact]
    public async Task Annotations_tell_the_clusters_version_in_whole_and_in_parts()
    {
        await using var fixture = await BackupFixture.StartAsync();
        var version = await fixture.Client.GetVersionAsync();
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Annotations = new Dictionary<string, string> { ["note"] = "mine" } });
        var annotations = Document(fixture).Metadata.Annotations!;
        annotations["velero.io/source-cluster-k8s-gitversion"].ShouldBe(version.GitVersion);
        annotations["velero.io/source-cluster-k8s-major-version"].ShouldBe(version.Major);
        annotations["velero.io/source-cluster-k8s-minor-version"].ShouldBe(version.Minor);
        annotations["note"].ShouldBe("mine");
        version.Minor.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(null, "720h0m0s", 720)]
    [InlineData("0", "720h0m0s", 720)]
    [InlineData("36h", "36h0m0s", 36)]
    public async Task It_expires_when_its_time_is_over(string? ttl, string filled, int hours)
    {
        await using var fixture = await BackupFixture.StartAsync();
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = new BackupSpec { Ttl = ttl } });
        var document = Document(fixture);
        document.Spec.Ttl.ShouldBe(filled);
        (Time(document.Status.Expiration) - Time(document.Status.StartTimestamp)).ShouldBe(TimeSpan.FromHours(hours));
    }

    [Fact]
    public async Task Snapshots_are_excluded_by_the_filters_that_are_used()
    {
        await using var fixture = await BackupFixture.StartAsync();
        DefineSnapshots(fixture);
        await fixture.Cluster.SettleAsync();
        fixture.SeedNamespace("shop");
        fixture.Seed(
            """{"apiVersion":"snapshot.storage.k8s.io/v1","kind":"VolumeSnapshot","metadata":{"name":"s","namespace":"shop"}}""",
            """{"apiVersion":"snapshot.storage.k8s.io/v1","kind":"VolumeSnapshotContent","metadata":{"name":"c"}}""");
        foreach (var (name, spec) in new[]
            {
                ("none", new BackupSpec()),
                ("old", new BackupSpec { IncludeClusterResources = true }),
                ("named", new BackupSpec { IncludedResources = [Snapshots] }),
                ("scoped", new BackupSpec { IncludedClusterScopedResources = ["*"], IncludedNamespaceScopedResources = ["*"] }),
            })
        {
            await fixture.BackUpAsync(new BackupRequest { Name = name, Spec = spec });
            fixture.StoredItems(name).ShouldNotContain(item => item.StartsWith("volumesnapshot", StringComparison.Ordinal), name);
        }

        // As it was asked for nothing else, nothing else is taken.
        fixture.StoredItems("named").ShouldBeEmpty();
        Document(fixture, "old").Spec.ExcludedResources!.ShouldBe([Snapshots, Contents]);
        Document(fixture, "none").Spec.ExcludedNamespaceScopedResources!.ShouldBe([Snapshots]);
        Document(fixture, "none").Spec.ExcludedClusterScopedResources!.ShouldBe([Contents]);
    }

    [Fact]
    public async Task A_group_that_cannot_be_discovered_is_a_warning_and_the_rest_is_there()
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.Cluster.BreakGroup("metrics.k8s.io");
        fixture.SeedSecret("default", "s", "k", "v"u8.ToArray());
        var outcome = await fixture.BackUpAsync(new BackupRequest { Name = "b1" });
        outcome.Results.Warnings.Velero.ShouldHaveSingleItem().ShouldContain("metrics.k8s.io");
        outcome.Document.Status.Phase.ShouldBe("Completed");
        fixture.StoredItems("b1").ShouldContain("secrets/default/s");
    }

    [Fact]
    public async Task The_group_extensions_comes_last()
    {
        await using var fixture = await BackupFixture.StartAsync();
        Define(fixture, "extensions", "gadgets", "Gadget", "Namespaced");
        Define(fixture, "later.example.com", "things", "Thing", "Namespaced");
        await fixture.Cluster.SettleAsync();
        fixture.Seed(
            """{"apiVersion":"extensions/v1","kind":"Gadget","metadata":{"name":"g","namespace":"default"}}""",
            """{"apiVersion":"later.example.com/v1","kind":"Thing","metadata":{"name":"t","namespace":"default"}}""");
        await fixture.BackUpAsync(new BackupRequest { Name = "b1" });
        var items = fixture.StoredItems("b1").Where(item => item.Contains("/default/", StringComparison.Ordinal)).ToList();
        items[^1].ShouldBe("gadgets.extensions/default/g");
        items[^2].ShouldBe("things.later.example.com/default/t");
    }

    private static void DefineSnapshots(BackupFixture fixture)
    {
        Define(fixture, "snapshot.storage.k8s.io", "volumesnapshots", "VolumeSnapshot", "Namespaced");
        Define(fixture, "snapshot.storage.k8s.io", "volumesnapshotcontents", "VolumeSnapshotContent", "Cluster");
    }

    private static void Define(BackupFixture fixture, string group, string plural, string kind, string scope) => fixture.Seed($$"""
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"{{plural}}.{{group}}"},
         "spec":{"group":"{{group}}","scope":"{{scope}}","names":{"plural":"{{plural}}","singular":"{{kind.ToLowerInvariant()}}","kind":"{{kind}}","listKind":"{{kind}}List"},
         "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"} } }] } }
        """);

    private static DateTimeOffset Time(string? text) => DateTimeOffset.Parse(text!, System.Globalization.CultureInfo.InvariantCulture);

    private static BackupDocument Document(BackupFixture fixture, string name = "b1") => BackupDocument.Parse(fixture.Stored(new BackupKeys(name).Document), "document");
}
