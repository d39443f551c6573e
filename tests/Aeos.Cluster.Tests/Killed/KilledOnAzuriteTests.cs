using Aeos.Cluster.Tests.Recovery;
using Aeos.Cluster.Tests.Running;
using Aeos.Cluster.Tests.Stores;
using Aeos.ObjectStore.Azure.Tests.Azurite;

namespace Aeos.Cluster.Tests.Killed;

/// <summary>The same as on a filesystem, where a put is many requests: blocks that nobody sees, and their commit.</summary>
[Collection(AzuriteCollection.Name)]
public class KilledOnAzuriteTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_backup_killed_anywhere_leaves_whole_blobs_and_claims_nothing()
    {
        await using var room = await ClusterRoom.OpenEmbeddedAsync();
        await using var bucket = await AzureBucket.CreateAsync(azurite, room);
        var shop = await SampleApplication.CreateAsync(room);
        await BulkySecrets.CreateAsync(room, shop, 5);

        await new KilledBackups(room, bucket, shop).RunAsync(20, shareOfChanges: 0.8);
    }

    [Fact]
    public async Task A_restore_killed_anywhere_and_run_again_ends_with_the_same_cluster()
    {
        await using var room = await ClusterRoom.OpenEmbeddedAsync();
        await using var bucket = await AzureBucket.CreateAsync(azurite, room);

        await new KilledRestores(room, bucket, await SampleApplication.CreateAsync(room)).RunAsync(12, shareOfChanges: 0.5);
    }
}
