using Aeos.Cluster.Tests.Recovery;
using Aeos.Cluster.Tests.Running;
using Aeos.Cluster.Tests.Stores;

namespace Aeos.Cluster.Tests.Killed;

public class KilledRestoreTests
{
    [Fact]
    public async Task A_restore_killed_anywhere_and_run_again_ends_with_the_same_cluster()
    {
        await using var room = await ClusterRoom.OpenEmbeddedAsync();
        await using var bucket = await Bucket.CreateAsync(room);

        await new KilledRestores(room, new FolderBucket(bucket), await SampleApplication.CreateAsync(room)).RunAsync(50, shareOfChanges: 0.2);
    }
}
