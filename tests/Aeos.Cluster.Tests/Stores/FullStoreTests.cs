using Aeos.Backup.Backups;
using Aeos.Backup.Restores;
using Aeos.Cluster.Tests.Running;

namespace Aeos.Cluster.Tests.Stores;

/// <summary>Filesystems with ever more pages free, from too few for anything to enough for all: each time all of it is there, or the error says why not.</summary>
public class FullStoreTests
{
    private const string Full = "No space left on device";

    [TmpfsFact]
    public async Task A_backup_that_does_not_fit_says_so_and_gives_back_what_it_took()
    {
        await using var room = await ClusterRoom.OpenEmbeddedAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await room.CreateNamespaceAsync("shop");
        await BulkySecrets.CreateAsync(room, shop, 1);
        await using var disk = await Tmpfs.MountAsync(Path.Combine(bucket.Folder, "bucket"));
        var (failed, complete) = (0, 0);

        // An archive of fourteen pages or so, and eight objects of one.
        for (var pages = 1; complete < 2; pages++)
        {
            await disk.LeaveAsync(pages);
            try
            {
                await new Engine(room, bucket.Store, bucket.KeyFile).BackUpAsync("nightly", shop);
                await BucketCheck.RunAsync(bucket);
                await BackupRemoval.RunAsync(bucket.Store, "nightly", default);
                complete++;
            }
            catch (AeosException failure)
            {
                failure.Cause.ShouldContain(Full, customMessage: $"{pages} pages");
                failed++;
            }

            (await bucket.KeysAsync()).ShouldBeEmpty($"{pages} pages");
            failed.ShouldBeLessThan(100);
        }

        failed.ShouldBeGreaterThan(14);
    }

    [TmpfsFact]
    public async Task A_restore_whose_records_do_not_fit_says_so_and_is_whole_or_nothing()
    {
        await using var room = await ClusterRoom.OpenEmbeddedAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await CreateShopAsync(room);
        var before = await ClusterPicture.TakeAsync(room, shop);
        await using var disk = await Tmpfs.MountAsync(Path.Combine(bucket.Folder, "bucket"));
        var engine = new Engine(room, bucket.Store, bucket.KeyFile) { SpoolFolder = bucket.Folder };
        await engine.BackUpAsync("nightly", shop);
        var (failed, complete) = (0, false);

        for (var pages = 0; !complete; pages++)
        {
            await room.DeleteNamespaceAsync(shop);
            await disk.LeaveAsync(pages);
            var phase = await TryRestoreAsync(engine, $"r{pages}");
            await BucketCheck.RunAsync(bucket, "PartiallyFailed");
            await before.ShouldBeThereAgainAsync(room, shop);
            complete = phase == "Completed";
            failed += complete ? 0 : 1;
            failed.ShouldBeLessThan(20);
        }

        failed.ShouldBeGreaterThan(3);
    }

    [TmpfsFact]
    public async Task A_restore_whose_archive_does_not_fit_beside_the_cluster_applies_nothing()
    {
        await using var room = await ClusterRoom.OpenEmbeddedAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await CreateShopAsync(room);
        var before = await ClusterPicture.TakeAsync(room, shop);
        await new Engine(room, bucket.Store, bucket.KeyFile).BackUpAsync("nightly", shop);
        var folder = Directory.CreateDirectory(Path.Combine(bucket.Folder, "small")).FullName;
        await using var disk = await Tmpfs.MountAsync(folder);
        var engine = new Engine(room, bucket.Store, bucket.KeyFile) { SpoolFolder = folder };
        await room.DeleteNamespaceAsync(shop);

        foreach (var pages in (int[])[1, 10, 40])
        {
            await disk.LeaveAsync(pages);
            var failure = await Should.ThrowAsync<AeosException>(() => engine.RestoreAsync($"r{pages}", "nightly"));
            failure.Cause.ShouldContain(Full, customMessage: $"{pages} pages");
            (await room.FindAsync("v1", "Namespace", null, shop)).ShouldBeNull($"{pages} pages");
            (await bucket.KeysAsync()).ShouldNotContain(static key => key.StartsWith("restores/", StringComparison.Ordinal));
        }

        await disk.LeaveAsync(100);
        (await engine.RestoreAsync("again", "nightly")).Document.Status.Phase.ShouldBe("Completed");
        await before.ShouldBeThereAgainAsync(room, shop);
    }

    private static async Task<string> CreateShopAsync(ClusterRoom room)
    {
        var shop = await room.CreateNamespaceAsync("shop");
        await BulkySecrets.CreateAsync(room, shop, 3);
        return shop;
    }

    // The phase that the records say, or null where they could not be written, which has to be said.
    private static async Task<string?> TryRestoreAsync(Engine engine, string name)
    {
        try
        {
            return (await engine.RestoreAsync(name, "nightly")).Document.Status.Phase;
        }
        catch (RestoreUnrecordedException failure)
        {
            failure.Cause.ShouldContain(Full);
            return null;
        }
    }
}
