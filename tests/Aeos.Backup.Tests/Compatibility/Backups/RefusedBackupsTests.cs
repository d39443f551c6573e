using Aeos.Backup.Backups;
using Aeos.Backup.Tests.Backups;

namespace Aeos.Backup.Tests.Compatibility.Backups;

/// <summary>What a backup refuses: Velero 1.18, prepareBackupRequest in pkg/controller/backup_controller.go, and volume data, which Aeos does not back up.</summary>
public class RefusedBackupsTests
{
    [Theory]
    [InlineData("""{"includedResources":["pods"],"includedClusterScopedResources":["pv"]}""", "together")]
    [InlineData("""{"includeClusterResources":true,"excludedNamespaceScopedResources":["pods"]}""", "together")]
    [InlineData("""{"includedResources":["*","pods"]}""", "*")]
    [InlineData("""{"excludedResources":["*"]}""", "*")]
    [InlineData("""{"includedResources":["pods"],"excludedResources":["pods"]}""", "pods")]
    [InlineData("""{"includedClusterScopedResources":["*","pv"]}""", "*")]
    [InlineData("""{"excludedNamespaceScopedResources":["*","pods"]}""", "*")]
    [InlineData("""{"includedNamespaceScopedResources":["pods"],"excludedNamespaceScopedResources":["*"]}""", "*")]
    [InlineData("""{"includedNamespaceScopedResources":["pods"],"excludedNamespaceScopedResources":["pods"]}""", "pods")]
    [InlineData("""{"includedNamespaces":["*","shop"]}""", "*")]
    [InlineData("""{"excludedNamespaces":["*"]}""", "*")]
    [InlineData("""{"includedNamespaces":["shop"],"excludedNamespaces":["shop"]}""", "shop")]
    [InlineData("""{"includedNamespaces":["a|b"]}""", "a|b")]
    [InlineData("""{"includedNamespaces":["a{b,c}"]}""", "a{b,c}")]
    [InlineData("""{"excludedNamespaces":["!a"]}""", "!a")]
    [InlineData("""{"includedNamespaces":["a**"]}""", "a**")]
    [InlineData("""{"includedNamespaces":["a[bc"]}""", "a[bc")]
    [InlineData("""{"includedNamespaces":["a]"]}""", "a]")]
    [InlineData("""{"includedNamespaces":["a[]"]}""", "a[]")]
    [InlineData("""{"includedNamespaces":["Not_A_Name"]}""", "Not_A_Name")]
    [InlineData("""{"labelSelector":{"matchLabels":{"a":"b"}},"orLabelSelectors":[{"matchLabels":{"a":"b"}}]}""", "only one")]
    [InlineData("""{"fromTheFuture":true}""", "fromTheFuture")]
    [InlineData("""{"snapshotVolumes":true}""", "snapshotVolumes")]
    [InlineData("""{"snapshotMoveData":true}""", "snapshotMoveData")]
    [InlineData("""{"defaultVolumesToFsBackup":true}""", "defaultVolumesToFsBackup")]
    [InlineData("""{"defaultVolumesToRestic":true}""", "defaultVolumesToRestic")]
    [InlineData("""{"datamover":"mine"}""", "datamover")]
    [InlineData("""{"uploaderConfig":{"parallelFilesUpload":4}}""", "uploaderConfig")]
    [InlineData("""{"volumeSnapshotLocations":["aws"]}""", "volumeSnapshotLocations")]
    [InlineData("""{"metadata":{"labels":{"a":"b"}}}""", "metadata")]
    public async Task It_is_refused_before_anything_is_written_and_the_error_says_why(string spec, string cause)
    {
        await using var fixture = await BackupFixture.StartAsync();

        var refusal = await Should.ThrowAsync<AeosException>(() => fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = BackupSpecs.Parse(spec) }));

        refusal.Message.ShouldContain(cause);
        fixture.StoredKeys().ShouldBeEmpty();
    }
}
