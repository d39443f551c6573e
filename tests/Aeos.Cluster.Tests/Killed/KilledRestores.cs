using Aeos.Cluster.Tests.Running;
using Aeos.Cluster.Tests.Stores;

namespace Aeos.Cluster.Tests.Killed;

/// <summary>Restores that are killed at points of their own progress, each run again afterwards.</summary>
/// <param name="first">The cluster that was backed up.</param>
/// <param name="bucket">The bucket.</param>
/// <param name="shop">The namespace that is restored.</param>
internal sealed class KilledRestores(ClusterRoom first, IWatchedBucket bucket, string shop)
{
    /// <param name="runs">How many.</param>
    /// <param name="shareOfChanges">How many of them are killed at a change in the bucket; the others at a request to the cluster.</param>
    public async Task RunAsync(int runs, double shareOfChanges)
    {
        await new Engine(first, bucket.Store, bucket.KeyFile).BackUpAsync("nightly", shop);
        var before = await ClusterPicture.TakeAsync(first, shop);
        var whole = await RestoreIntoNewClusterAsync(before, "whole", KillPoint.Never);
        whole.ExitCode.ShouldBe(0, whole.Errors);

        var (killed, number) = (0, 0);
        foreach (var point in KillPoint.Draw(runs, whole.Requests, whole.Changes, shareOfChanges))
        {
            killed += (await RestoreIntoNewClusterAsync(before, $"r{number++}", point)).WasKilled ? 1 : 0;
        }

        killed.ShouldBeGreaterThan(runs * 3 / 4);
    }

    private async Task<KilledProcess> RestoreIntoNewClusterAsync(ClusterPicture before, string name, KillPoint point)
    {
        await using var room = await ClusterRoom.OpenEmbeddedAsync(first.Mark);
        var run = await KilledProcess.RunAsync(room, bucket, point, "restore", "create", name, "--from-backup", "nightly", "--encryption-key-file", bucket.KeyFile);
        run.ExitCode.ShouldBe(run.WasKilled ? 137 : 0, $"{point}: {run.Errors}");
        await BucketCheck.RunAsync(await bucket.LookAsync());
        var (_, outcome) = await new Engine(room, bucket.Store, bucket.KeyFile).RestoreAsync($"{name}-again", "nightly");
        Bucket.Messages(outcome.Errors).ShouldBeEmpty();
        await before.ShouldBeThereAgainAsync(room, shop);
        await RemoveRecordsAsync();
        return run;
    }

    // Seen once: the next look is a shorter one.
    private async Task RemoveRecordsAsync()
    {
        await foreach (var key in bucket.Store.ListAsync("restores/", default))
        {
            await bucket.Store.DeleteAsync(key, default);
        }
    }
}
