using Aeos.Cluster.Tests.Recovery;
using Aeos.Cluster.Tests.Running;

namespace Aeos.Cluster.Tests.Killed;

public class KilledRestoreTests
{
    private const int Runs = 50;

    [Fact]
    public async Task A_restore_killed_anywhere_and_run_again_ends_with_the_same_cluster()
    {
        await using var first = await ClusterRoom.OpenEmbeddedAsync();
        await using var bucket = await Bucket.CreateAsync(first);
        var shop = await SampleApplication.CreateAsync(first);
        using (var encryption = await bucket.EncryptionAsync())
        {
            await bucket.BackUpAsync("nightly", new() { IncludedNamespaces = [shop] }, encryption);
        }

        var before = await ClusterPicture.TakeAsync(first, shop);
        var whole = await RestoreIntoNewClusterAsync("whole", KillPoint.Never);
        whole.ExitCode.ShouldBe(0, whole.Errors);

        var (killed, number) = (0, 0);
        foreach (var point in KillPoint.Draw(Runs, whole.Requests, whole.Changes, shareOfChanges: 0.2))
        {
            killed += (await RestoreIntoNewClusterAsync($"r{number++}", point)).WasKilled ? 1 : 0;
        }

        killed.ShouldBeGreaterThan(Runs * 3 / 4);

        async Task<KilledProcess> RestoreIntoNewClusterAsync(string name, KillPoint point)
        {
            await using var room = await ClusterRoom.OpenEmbeddedAsync(first.Mark);
            var run = await KilledProcess.RunAsync(room, bucket, point, "restore", "create", name, "--from-backup", "nightly", "--encryption-key-file", bucket.KeyFile);
            run.ExitCode.ShouldBe(run.WasKilled ? 137 : 0, $"{point}: {run.Errors}");
            await BucketCheck.RunAsync(bucket);
            await bucket.RestoreCleanlyAsync(new() { BackupName = "nightly" }, $"{name}-again", room);
            await before.ShouldBeThereAgainAsync(room, shop);
            return run;
        }
    }
}
