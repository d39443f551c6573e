using System.Security.Cryptography;
using Aeos.Backup.Backups;
using Aeos.Backup.Keys;
using Aeos.Backup.Reading;
using Aeos.Backup.Restores;
using Aeos.Cluster.Tests.Running;
using Aeos.Embedded;
using Aeos.Encryption.Keys;
using Aeos.ObjectStore;
using Aeos.Velero.Layout;

namespace Aeos.Cluster.Tests.Faults;

/// <summary>A store that fails at each of its operations in turn.</summary>
public class StoreFaultTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_backup_whose_store_fails_anywhere_says_so_and_claims_nothing(bool staysDown)
    {
        await using var room = await ClusterRoom.OpenEmbeddedAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await CreateShopAsync(room);
        using var encryption = await bucket.EncryptionAsync();
        var sound = new FaultyStore(bucket.Store);
        await BackUpAsync("sound", sound);
        sound.Operations.ShouldBeGreaterThan(20);

        for (var number = 1; number <= sound.Operations; number++)
        {
            var name = $"b{number}";
            var failure = await Should.ThrowAsync<AeosException>(() => BackUpAsync(name, new FaultyStore(bucket.Store, number, staysDown)), $"operation {number}");
            failure.Cause.ShouldContain("the store is away", customMessage: $"operation {number}");
            await BucketCheck.RunAsync(bucket);
            (await bucket.Store.ExistsAsync(new BackupKeys(name).Document, default)).ShouldBeFalse($"operation {number}");

            // A line that is cut keeps the engine from tidying up; a failure that passes does not.
            var left = (await bucket.KeysAsync()).Where(key => key.StartsWith(new BackupKeys(name).Folder, StringComparison.Ordinal));
            (staysDown ? [] : left).ShouldBeEmpty($"operation {number}");
        }

        Task BackUpAsync(string name, IObjectStore store) => new BackupEngine(room.Client, store, null, TimeProvider.System).RunAsync(
            new BackupRequest { Name = name, Spec = new() { IncludedNamespaces = [shop] }, Encryption = encryption }, null, default);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_restore_whose_store_fails_anywhere_is_whole_or_nothing(bool staysDown)
    {
        await using var room = await ClusterRoom.OpenEmbeddedAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await CreateShopAsync(room);
        using (var encryption = await bucket.EncryptionAsync())
        {
            await bucket.BackUpAsync("nightly", new() { IncludedNamespaces = [shop] }, encryption);
        }

        var before = await ClusterPicture.TakeAsync(room, shop);
        using var key = WrappingKey.FromBytes(await File.ReadAllBytesAsync(bucket.KeyFile));
        var sound = new FaultyStore(bucket.Store);
        await room.DeleteNamespaceAsync(shop);
        await RestoreAsync("sound", sound);
        var (nothing, whole) = (0, 0);
        for (var number = 1; number <= sound.Operations; number++)
        {
            if (await room.FindAsync("v1", "Namespace", null, shop) is not null)
            {
                await room.DeleteNamespaceAsync(shop);
            }

            var (phase, failure) = await TryRestoreAsync($"r{number}", new FaultyStore(bucket.Store, number, staysDown));
            await BucketCheck.RunAsync(bucket, "PartiallyFailed");
            await room.Embedded.SettleAsync();
            if (await room.FindAsync("v1", "Namespace", null, shop) is null)
            {
                failure.ShouldNotBeNull($"operation {number}").Cause.ShouldContain("the store is away");
                nothing++;
            }
            else
            {
                (failure is RestoreUnrecordedException || phase == "PartiallyFailed" || failure is null).ShouldBeTrue($"operation {number}: {failure}");
                await before.ShouldBeThereAgainAsync(room, shop);
                whole++;
            }
        }

        (nothing > 3 && whole > 3).ShouldBeTrue($"{nothing} applied nothing, {whole} everything");

        async Task<(string? Phase, AeosException? Failure)> TryRestoreAsync(string name, IObjectStore store)
        {
            try
            {
                return (await RestoreAsync(name, store), null);
            }
            catch (AeosException failure)
            {
                return (null, failure);
            }
        }

        async Task<string?> RestoreAsync(string name, IObjectStore store)
        {
            var job = new RestoreJob { Cluster = room.Client, Store = store, Bucket = new BucketReader(store, new ReadingKeys([key], new KeyScope()), null) };
            return (await job.RunAsync(new RestoreOptions { Name = name, Spec = new() { BackupName = "nightly" }, SpoolFolder = bucket.Folder }, default)).Document.Status.Phase;
        }
    }

    [Fact]
    public async Task A_store_that_takes_nothing_holds_the_cluster_up_and_can_be_given_up()
    {
        await using var room = await ClusterRoom.OpenEmbeddedAsync(pageSize: 50);
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await room.CreateNamespaceAsync("shop");
        for (var number = 0; number < 300; number++)
        {
            // Not all the same: gzip would make nothing of it.
            await room.CreateSecretAsync(shop, $"s{number:000}", "k", RandomNumberGenerator.GetBytes(100_000));
        }

        var pages = 0;
        room.Embedded.BeforeRequest = request =>
        {
            if (request.Path.EndsWith("/secrets", StringComparison.Ordinal) && request.Method == "GET")
            {
                Interlocked.Increment(ref pages);
            }

            return (Fault?)null;
        };
        using var stop = new CancellationTokenSource();
        var held = new TaskCompletionSource();
        var store = new FaultyStore(bucket.Store)
        {
            BeforeWrite = async (key, token) =>
            {
                if (key.EndsWith(".tar.gz", StringComparison.Ordinal))
                {
                    held.TrySetResult();
                }

                await Task.Delay(Timeout.Infinite, token);
            },
        };
        var request = new BackupRequest { Name = "slow", Spec = new() { IncludedNamespaces = [shop], IncludedResources = ["secrets"] } };
        var backup = new BackupEngine(room.Client, store, null, TimeProvider.System).RunAsync(request, null, stop.Token);
        await held.Task;
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => backup);

        // 30 MB of Secrets in six pages: the list does not run away from the store.
        pages.ShouldBeLessThan(5);
        (await bucket.KeysAsync()).ShouldBeEmpty();
    }

    private static async Task<string> CreateShopAsync(ClusterRoom room)
    {
        var shop = await room.CreateNamespaceAsync("shop");
        await room.CreateConfigMapAsync(shop, "settings");
        await room.CreateSecretAsync(shop, "password", "p", [1, 2, 3]);
        return shop;
    }
}
