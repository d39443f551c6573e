using System.Net;

namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary><c>velero backup delete</c> against a running server.</summary>
public class ServedDeletionTests
{
    [Fact]
    public async Task Backup_delete_removes_the_backup_its_restores_and_their_objects()
    {
        await using var room = await ServedRoom.OpenAsync();
        await room.BackUpAsync();
        (await room.Restores.CreateAndWaitAsync("r1", "b1", (room.Application, room.Room.Name("second")))).Phase.ShouldBe("Completed");
        var request = (await room.Backups.DeleteAsync("b1")).ShouldBe(HttpStatusCode.Created);
        await room.UntilGoneAsync("backups", "b1");
        await room.UntilGoneAsync("restores", "r1");
        await room.UntilGoneAsync("deletebackuprequests", request.Name);
        room.Objects.ShouldNotContain(static key => key.StartsWith("backups/", StringComparison.Ordinal) || key.StartsWith("restores/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Backup_delete_all_removes_all()
    {
        await using var room = await ServedRoom.OpenAsync();
        await room.BackUpAsync();
        (await room.Backups.CreateAndWaitAsync("b2", room.Application)).Phase.ShouldBe("Completed");
        (await room.Backups.DeleteAllAsync()).Count.ShouldBe(2);
        await room.UntilGoneAsync("backups", "b1");
        await room.UntilGoneAsync("backups", "b2");
    }

    [Fact]
    public async Task Backup_create_with_a_ttl_is_gone_when_that_has_passed()
    {
        await using var room = await ServedRoom.OpenAsync(static options => options with { GarbageCollectionFrequency = TimeSpan.FromSeconds(1) });
        await room.BackUpAsync("kept");
        (await room.Backups.CreateAsync("b1", room.Application, ttl: "1s")).ShouldBe(HttpStatusCode.Created);
        await room.UntilGoneAsync("backups", "b1");
        room.Objects.ShouldNotContain(static key => key.StartsWith("backups/b1/", StringComparison.Ordinal));
        (await room.Backups.ListAsync()).Names.ShouldBe(["kept"]);
    }
}
