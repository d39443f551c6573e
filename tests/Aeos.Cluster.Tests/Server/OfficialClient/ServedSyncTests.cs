using System.Net;

namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary><c>velero backup-location delete</c> against a running server.</summary>
public class ServedSyncTests
{
    [Fact]
    public async Task Backup_location_delete_leaves_the_objects_and_a_new_one_brings_the_backups_back()
    {
        await using var room = await ServedRoom.OpenAsync();
        await room.BackUpAsync();
        (await room.Locations.DeleteAsync("default")).ShouldBe(["b1"]);
        await room.UntilGoneAsync("backups", "b1");
        room.Objects.ShouldContain("backups/b1/b1.tar.gz");
        await room.MakeLocationAsync();
        var synced = await room.UntilAsync("backups", "b1", static now => now.Code == HttpStatusCode.OK);
        synced.Phase.ShouldBe("Completed");
    }
}
