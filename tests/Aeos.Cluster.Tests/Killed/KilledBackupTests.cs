using Aeos.Cluster.Tests.Recovery;
using Aeos.Cluster.Tests.Running;
using Aeos.Cluster.Tests.Stores;

namespace Aeos.Cluster.Tests.Killed;

public class KilledBackupTests
{
    [Fact]
    public async Task A_backup_killed_anywhere_leaves_whole_objects_and_claims_nothing()
    {
        await using var room = await ClusterRoom.OpenEmbeddedAsync();
        await using var bucket = await Bucket.CreateAsync(room);

        await new KilledBackups(room, new FolderBucket(bucket), await SampleApplication.CreateAsync(room)).RunAsync(50, shareOfChanges: 0.6);
    }
}
