using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Server.Tests.Sync;

public sealed class AnotherClusterTests
{
    private static readonly ServerOptions Encrypting = new()
    {
        MetricsAddress = "127.0.0.1:0",
        DownloadAddress = "",
        LeaderElection = false,
        EnableEncryption = true,
        EncryptionSecret = "backup-key",
        RequireEncryption = true,
    };

    [Fact]
    public async Task A_backup_of_one_cluster_is_found_restored_and_deleted_in_another_that_has_its_key()
    {
        await using var old = await ServerBench.StartAsync();
        await old.AddLocationAsync();
        await old.AddKeyAsync();
        old.AddConfigMaps("shop", 5);
        var oldServer = await old.ServeAsync(Encrypting);
        await old.BackUpAsync("nightly-1", "shop");
        await oldServer.StopAsync();

        await using var another = await ServerBench.StartAsync();
        await another.AddKeyAsync();
        await another.Locations.CreateAsync(
            new BackupStorageLocationDocument
            {
                Metadata = new DocumentMetadata { Name = "from-old", Namespace = ServerBench.Namespace },
                Spec = new BackupStorageLocationSpec
                {
                    Provider = "aeos.io/filesystem",
                    ObjectStorage = new ObjectStorageLocation { Bucket = "bucket" },
                    Config = new Dictionary<string, string> { ["root"] = old.Folder },
                },
            },
            default);
        var server = await another.ServeAsync(Encrypting);
        var found = await another.EndOfBackupAsync("nightly-1");
        found.Spec.StorageLocation.ShouldBe("from-old");
        found.Status.Encryption!.IsEncrypted.ShouldBeTrue();

        await another.AskToRestoreAsync("move", new RestoreSpec { BackupName = "nightly-1" });
        (await another.EndOfRestoreAsync("move")).Status.Phase.ShouldBe(RestorePhase.Completed);
        another.Cluster.Find("v1", "ConfigMap", "shop", "map-004").ShouldNotBeNull();

        await another.Of(VeleroTypes.DeleteBackupRequests).CreateAsync(
            new DeleteBackupRequestDocument { Metadata = new DocumentMetadata { Name = "all" }, Spec = new DeleteBackupRequestSpec { BackupName = "nightly-1" } }, default);
        await Eventually.GoesAsync(() => another.Backups.TryGetAsync("nightly-1", default), "the Backup");
        old.Keys("").ShouldBeEmpty();
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(new Uri(await server.MetricsAsync(), "/metrics"));
        metrics.ShouldContain("velero_restore_attempt_total{schedule=\"\"} 1\n");
        metrics.ShouldContain("velero_restore_success_total{schedule=\"\"} 1\n");
        metrics.ShouldContain("velero_backup_deletion_success_total{schedule=\"\"} 1\n");
    }
}
