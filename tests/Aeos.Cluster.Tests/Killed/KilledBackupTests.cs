using System.Text.Json.Nodes;
using Aeos.Backup.Backups;
using Aeos.Cluster.Tests.Recovery;
using Aeos.Cluster.Tests.Running;
using Aeos.Velero.Layout;

namespace Aeos.Cluster.Tests.Killed;

public class KilledBackupTests
{
    private const int Runs = 50;

    [Fact]
    public async Task A_backup_killed_anywhere_leaves_whole_objects_and_claims_nothing()
    {
        await using var room = await ClusterRoom.OpenEmbeddedAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await SampleApplication.CreateAsync(room);
        var whole = await RunAsync("whole", KillPoint.Never);
        whole.ExitCode.ShouldBe(0, whole.Errors);
        var items = await CountAsync("whole");

        var (killed, complete, number) = (0, 0, 0);
        foreach (var point in KillPoint.Draw(Runs, whole.Requests, whole.Changes, shareOfChanges: 0.6))
        {
            var name = $"b{number++}";
            var run = await RunAsync(name, point);
            killed += run.WasKilled ? 1 : 0;
            run.ExitCode.ShouldBe(run.WasKilled ? 137 : 0, $"{point}: {run.Errors}");
            await BucketCheck.RunAsync(bucket);
            var isThere = await bucket.Store.ExistsAsync(new BackupKeys(name).Document, default);
            complete += isThere ? 1 : 0;
            (isThere || run.WasKilled).ShouldBeTrue($"{point}");

            // Whatever is left can be removed, and the name used again.
            if (await IsAnythingLeftAsync(name))
            {
                await BackupRemoval.RunAsync(bucket.Store, name, default);
                (await IsAnythingLeftAsync(name)).ShouldBeFalse($"{point}");
            }
        }

        killed.ShouldBeGreaterThan(Runs * 3 / 4, $"{complete} of {Runs} came to their end");
        using var encryption = await bucket.EncryptionAsync();
        await bucket.BackUpAsync("b0", new() { IncludedNamespaces = [shop] }, encryption);
        (await CountAsync("b0")).ShouldBe(items);

        Task<KilledProcess> RunAsync(string name, KillPoint point) => KilledProcess.RunAsync(
            room, bucket, point, "backup", "create", name, "--include-namespaces", shop, "--features", "EnableEncryption", "--encryption-key-file", bucket.KeyFile);

        async Task<bool> IsAnythingLeftAsync(string name)
            => (await bucket.KeysAsync()).Exists(key => key.StartsWith(new BackupKeys(name).Folder, StringComparison.Ordinal));

        async Task<string> CountAsync(string name)
        {
            await BucketCheck.RunAsync(bucket);
            return $"{JsonNode.Parse(bucket.Stored(new BackupKeys(name).Document)).At("status", "progress", "itemsBackedUp")}";
        }
    }
}
