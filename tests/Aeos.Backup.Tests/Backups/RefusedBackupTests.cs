using Aeos.Backup.Backups;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Backups;

/// <summary>What a backup refuses before anything is written, and before the cluster is asked for it (Velero 1.18, prepareBackupRequest in pkg/controller/backup_controller.go).</summary>
public class RefusedBackupTests
{
    [Theory]
    [InlineData("""{"includedResources":["pods"],"includedClusterScopedResources":["nodes"]}""", "cannot be used together")]
    [InlineData("""{"includeClusterResources":false,"excludedNamespaceScopedResources":["pods"]}""", "cannot be used together")]
    [InlineData("""{"includeClusterResources":true,"excludedNamespaceScopedResources":["pods"]}""", "cannot be used together")]
    [InlineData("""{"includedResources":["*","pods"]}""", "Invalid included/excluded resource lists: includes list must either contain '*' only")]
    [InlineData("""{"excludedResources":["*"]}""", "excludes list cannot contain '*'")]
    [InlineData("""{"includedResources":["pods"],"excludedResources":["pods"]}""", "excludes list cannot contain an item in the includes list: pods")]
    [InlineData("""{"includedClusterScopedResources":["*","nodes"]}""", "Invalid cluster-scoped included/excluded resource lists: includes list")]
    [InlineData("""{"excludedClusterScopedResources":["*","nodes"]}""", "excludes list must either contain '*' only")]
    [InlineData("""{"excludedNamespaceScopedResources":["*","pods"]}""", "Invalid namespace-scoped included/excluded resource lists: excludes list must either contain '*' only")]
    [InlineData("""{"includedNamespaceScopedResources":["pods"],"excludedNamespaceScopedResources":["*"]}""", "when exclude is '*', include cannot have value")]
    [InlineData("""{"includedNamespaceScopedResources":["pods"],"excludedNamespaceScopedResources":["pods"]}""", "Invalid namespace-scoped included/excluded resource lists: excludes list cannot contain")]
    [InlineData("""{"includedNamespaces":["*","shop"]}""", "Invalid included/excluded namespace lists: includes list")]
    [InlineData("""{"excludedNamespaces":["*"]}""", "Invalid included/excluded namespace lists: excludes list cannot contain '*'")]
    [InlineData("""{"includedNamespaces":["shop"],"excludedNamespaces":["shop"]}""", "excludes list cannot contain an item in the includes list: shop")]
    [InlineData("""{"includedNamespaces":["a|b"]}""", "a|b")]
    [InlineData("""{"includedNamespaces":["a{b,c}"]}""", "a{b,c}")]
    [InlineData("""{"excludedNamespaces":["!a"]}""", "!a")]
    [InlineData("""{"includedNamespaces":["a**"]}""", "consecutive asterisks")]
    [InlineData("""{"includedNamespaces":["a[b"]}""", "bracket")]
    [InlineData("""{"includedNamespaces":["a]"]}""", "bracket")]
    [InlineData("""{"includedNamespaces":["a[]"]}""", "bracket")]
    [InlineData("""{"includedNamespaces":["Shop"]}""", "invalid namespace \"Shop\"")]
    [InlineData("""{"labelSelector":{"matchLabels":{"a":"b"}},"orLabelSelectors":[{"matchLabels":{"a":"b"}}]}""", "only one can be specified")]
    [InlineData("""{"labelSelector":{"matchExpressions":[{"key":"a","operator":"Near"}]}}""", "Near")]
    [InlineData("""{"ttl":"soon"}""", "ttl")]
    [InlineData("""{"csiSnapshotTimeout":"soon"}""", "csiSnapshotTimeout")]
    [InlineData("""{"itemOperationTimeout":"soon"}""", "itemOperationTimeout")]
    [InlineData("""{"snapshotVolumes":true}""", "snapshotVolumes")]
    [InlineData("""{"snapshotMoveData":true}""", "snapshotMoveData")]
    [InlineData("""{"datamover":"other"}""", "datamover")]
    [InlineData("""{"defaultVolumesToFsBackup":true}""", "defaultVolumesToFsBackup")]
    [InlineData("""{"defaultVolumesToRestic":true}""", "defaultVolumesToRestic")]
    [InlineData("""{"volumeSnapshotLocations":["here"]}""", "volumeSnapshotLocations")]
    [InlineData("""{"volumeGroupSnapshotLabelKey":"group"}""", "volumeGroupSnapshotLabelKey")]
    [InlineData("""{"uploaderConfig":{"parallelFilesUpload":2}}""", "uploaderConfig")]
    [InlineData("""{"uploaderConfig":{"unheardOf":true}}""", "uploaderConfig")]
    [InlineData("""{"resourcePolicy":{"kind":"Secret","name":"p"}}""", "resourcePolicy")]
    [InlineData("""{"metadata":{"labels":{"a":"b"}}}""", "metadata")]
    [InlineData("""{"unheardOf":1}""", "spec.unheardOf is not known")]
    public async Task A_spec_that_is_not_possible_is_refused_with_the_field_before_the_cluster_is_asked(string spec, string cause)
    {
        await using var fixture = await BackupFixture.StartAsync();
        var asked = 0;
        fixture.Cluster.BeforeRequest = _ =>
        {
            Interlocked.Increment(ref asked);
            return null;
        };

        (await RefusedAsync(fixture, spec)).ShouldContain(cause);

        asked.ShouldBe(0);
        fixture.StoredKeys().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null, "it is not there")]
    [InlineData("""{"a":"version: v1","b":"version: v1"}""", "one value")]
    [InlineData("""{"a":"version: v2"}""", "v2")]
    [InlineData("""{"a":"version: [v1"}""", "not YAML")]
    [InlineData("""{"a":"version: v1\nother: 1"}""", "other")]
    [InlineData("""{"a":"version: v1\nincludeExcludePolicy:\n  includedClusterScopedResources: ['*']"}""", "cannot use '*'")]
    [InlineData("""{"a":"version: v1\nincludeExcludePolicy:\n  includedClusterScopedResources: [a]\n  excludedClusterScopedResources: [a]"}""", "excludes list cannot contain an item")]
    [InlineData("""{"a":"version: v1\nvolumePolicies:\n- conditions: {}\n  action: {type: burn}"}""", "action")]
    [InlineData("""{"a":"version: v1\nvolumePolicies:\n- conditions: {colour: red}\n  action: {type: skip}"}""", "colour")]
    public async Task A_resource_policy_that_cannot_be_used_is_refused(string? data, string cause)
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("velero");
        if (data is not null)
        {
            fixture.Seed($$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"policy","namespace":"velero"},"data":{{data}}}""");
        }

        var message = await RefusedAsync(fixture, """{"resourcePolicy":{"kind":"ConfigMap","name":"policy"}}""");

        message.ShouldContain("velero/policy");
        message.ShouldContain(cause);
        fixture.StoredKeys().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_policy_about_types_does_not_go_with_the_old_filters()
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("velero");
        fixture.Seed("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"policy","namespace":"velero"},"data":{"a":"version: v1\nincludeExcludePolicy:\n  excludedNamespaceScopedResources: [secrets]"}}""");

        (await RefusedAsync(fixture, """{"includedResources":["pods"],"resourcePolicy":{"kind":"configmap","name":"policy"}}""")).ShouldContain("include-exclude policy");
    }

    [Fact]
    public async Task A_namespace_that_a_label_excludes_cannot_be_named_as_included()
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop","labels":{"velero.io/exclude-from-backup":"true"}},"status":{"phase":"Active"}}""");

        (await RefusedAsync(fixture, """{"includedNamespaces":["shop"]}""")).ShouldContain("shop");
        fixture.StoredKeys().ShouldBeEmpty();
    }

    [Fact]
    public async Task Timeouts_are_taken_and_the_log_says_that_they_have_no_effect()
    {
        await using var fixture = await BackupFixture.StartAsync();
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = BackupSpecs.Parse("""{"csiSnapshotTimeout":"10m0s","itemOperationTimeout":"4h0m0s","datamover":"velero"}""") });
        var log = fixture.StoredText(new BackupKeys("b1").Logs);
        log.ShouldContain("spec.csiSnapshotTimeout has no effect");
        log.ShouldContain("spec.itemOperationTimeout has no effect");
        log.ShouldContain("spec.datamover has no effect");
        BackupDocument.Parse(fixture.Stored(new BackupKeys("b1").Document), "document").Spec.CsiSnapshotTimeout.ShouldBe("10m0s");
    }

    [Fact]
    public async Task What_Veleros_client_writes_where_nothing_was_asked_for_is_taken()
    {
        await using var fixture = await BackupFixture.StartAsync();
        var spec = BackupSpecs.Parse("""{"includedNamespaces":["*"],"ttl":"0s","hooks":{},"csiSnapshotTimeout":"0s","itemOperationTimeout":"0s"}""");
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = spec });
        fixture.StoredText(new BackupKeys("b1").Logs).ShouldNotContain("has no effect");
        var backup = BackupDocument.Parse(fixture.Stored(new BackupKeys("b1").Document), "document");
        backup.Spec.Ttl.ShouldBe("720h0m0s");
        backup.Spec.CsiSnapshotTimeout.ShouldBe("10m0s");
        backup.Spec.ItemOperationTimeout.ShouldBe("4h0m0s");
    }

    private static async Task<string> RefusedAsync(BackupFixture fixture, string spec)
        => (await Should.ThrowAsync<BackupRefusedException>(() => fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = BackupSpecs.Parse(spec) }))).Cause;
}
