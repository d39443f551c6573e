using System.Text.Json.Nodes;
using Aeos.Backup.Backups;
using Aeos.Cluster.Tests.Running;
using Aeos.Cluster.Tests.Stores;
using Aeos.Velero.Layout;

namespace Aeos.Cluster.Tests.Killed;

/// <summary>Backups that are killed at points of their own progress, and what holds of the bucket after each.</summary>
/// <param name="room">The cluster.</param>
/// <param name="bucket">The bucket.</param>
/// <param name="shop">The namespace that is backed up.</param>
internal sealed class KilledBackups(ClusterRoom room, IWatchedBucket bucket, string shop)
{
    /// <param name="runs">How many.</param>
    /// <param name="shareOfChanges">How many of them are killed at a change in the bucket; the others at a request to the cluster.</param>
    public async Task RunAsync(int runs, double shareOfChanges)
    {
        var whole = await RunAsync("whole", KillPoint.Never);
        whole.ExitCode.ShouldBe(0, whole.Errors);
        var items = await CountAsync("whole");
        var (killed, complete, number) = (0, 0, 0);
        foreach (var point in KillPoint.Draw(runs, whole.Requests, whole.Changes, shareOfChanges))
        {
            var name = $"b{number++}";
            var run = await RunAsync(name, point);
            killed += run.WasKilled ? 1 : 0;
            run.ExitCode.ShouldBe(run.WasKilled ? 137 : 0, $"{point}: {run.Errors}");
            await BucketCheck.RunAsync(await bucket.LookAsync());
            var isThere = await bucket.Store.ExistsAsync(new BackupKeys(name).Document, default);
            complete += isThere ? 1 : 0;
            (isThere || run.WasKilled).ShouldBeTrue($"{point}");
            await ShouldBeRemovableAsync(name, point);
        }

        killed.ShouldBeGreaterThan(runs * 3 / 4, $"{complete} of {runs} came to their end");
        await new Engine(room, bucket.Store, bucket.KeyFile).BackUpAsync("b0", shop);
        (await CountAsync("b0")).ShouldBe(items);
    }

    private Task<KilledProcess> RunAsync(string name, KillPoint point) => KilledProcess.RunAsync(
        room, bucket, point, "backup", "create", name, "--include-namespaces", shop, "--features", "EnableEncryption", "--encryption-key-file", bucket.KeyFile);

    // Whatever is left can be removed, and the name used again.
    private async Task ShouldBeRemovableAsync(string name, KillPoint point)
    {
        if (await IsAnythingLeftAsync(name))
        {
            await BackupRemoval.RunAsync(bucket.Store, name, default);
            (await IsAnythingLeftAsync(name)).ShouldBeFalse($"{point}");
        }
    }

    private async Task<bool> IsAnythingLeftAsync(string name)
    {
        await foreach (var key in bucket.Store.ListAsync(new BackupKeys(name).Folder, default))
        {
            return true;
        }

        return false;
    }

    private async Task<string> CountAsync(string name)
    {
        var visible = await bucket.LookAsync();
        await BucketCheck.RunAsync(visible);
        return $"{JsonNode.Parse(visible.Stored(new BackupKeys(name).Document)).At("status", "progress", "itemsBackedUp")}";
    }
}
