using System.Net;
using Aeos.Server.Resources;

namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary>The requests of <c>velero restore</c>, answered by the API as the client needs it. The server's part is played, too.</summary>
public class RestoreRequestTests
{
    [Fact]
    public async Task Restore_create_is_taken_as_the_client_writes_it()
    {
        await using var room = await PlayedRoom.OpenAsync();
        await room.MakeBackupAsync();
        var made = (await room.Restores.CreateAsync("r1", "b1", ("shop", "shop2"))).ShouldBe(HttpStatusCode.Created);
        made.Text("spec", "backupName").ShouldBe("b1");
        made.Text("spec", "namespaceMapping", "shop").ShouldBe("shop2");
        made.Text("spec", "existingResourcePolicy").ShouldBe("update");
        made.Body["spec"]!["uploaderConfig"]!.AsObject().ShouldBeEmpty();
        (await room.Restores.CreateAsync("r1", "b1")).ShouldFail(HttpStatusCode.Conflict, "AlreadyExists", """restores.velero.io "r1" already exists""");
    }

    [Fact]
    public async Task Restore_create_wait_sees_how_the_restore_ends()
    {
        await using var room = await PlayedRoom.OpenAsync();
        await room.MakeBackupAsync();
        var waiting = room.Restores.CreateAndWaitAsync("r1", "b1");
        await room.UntilAsync(VeleroTypes.Restores.Api, "r1");
        await room.PatchAsync(VeleroTypes.Restores.Api, "r1", """{"status":{"phase":"InProgress"}}""");
        await room.PatchAsync(VeleroTypes.Restores.Api, "r1", """{"status":{"phase":"PartiallyFailed","errors":1}}""");
        (await waiting).Phase.ShouldBe("PartiallyFailed");
    }

    [Fact]
    public async Task Restore_create_from_a_schedule_leaves_the_choice_of_the_backup_to_the_server()
    {
        await using var room = await PlayedRoom.OpenAsync();
        await room.Schedules.CreateAsync("s1", "@every 6h");
        await room.Backups.CreateFromScheduleAsync("s1", "s1-20261122010000");
        var made = (await room.Restores.CreateFromScheduleAsync("s1", "s1-20261122020000")).ShouldBe(HttpStatusCode.Created);
        made.Text("spec", "scheduleName").ShouldBe("s1");
        made.Text("spec", "backupName").ShouldBeNull();
    }

    [Fact]
    public async Task Restore_get_lists_all()
    {
        await using var room = await PlayedRoom.OpenAsync();
        await room.MakeBackupAsync();
        await room.Restores.CreateAsync("r2", "b1");
        await room.Restores.CreateAsync("r1", "b1");
        (await room.Restores.ListAsync()).ShouldBe(HttpStatusCode.OK).Names.ShouldBe(["r1", "r2"]);
    }

    [Fact]
    public async Task Restore_describe_gets_the_addresses_of_what_it_shows()
    {
        await using var room = await PlayedRoom.OpenAsync();
        await room.MakeBackupAsync();
        await room.Restores.CreateAsync("r1", "b1");
        var shown = await room.AnsweringDownloadsAsync(room.Restores.DescribeAsync("r1"));
        shown.Volumes.Items.ShouldBeEmpty();
        shown.Results.AbsolutePath.ShouldBe("/RestoreResults/r1");
        shown.VolumeInfo.AbsolutePath.ShouldBe("/RestoreVolumeInfo/r1");
        shown.ResourceList.AbsolutePath.ShouldBe("/RestoreResourceList/r1");
    }

    [Fact]
    public async Task Restore_logs_gets_an_address()
    {
        await using var room = await PlayedRoom.OpenAsync();
        await room.MakeBackupAsync();
        await room.Restores.CreateAsync("r1", "b1");
        (await room.AnsweringDownloadsAsync(room.Restores.LogsAsync("r1"))).AbsolutePath.ShouldBe("/RestoreLog/r1");
    }

    [Fact]
    public async Task Restore_delete_waits_for_no_finalizer()
    {
        await using var room = await PlayedRoom.OpenAsync();
        await room.MakeBackupAsync();
        await room.Restores.CreateAsync("r1", "b1");
        await room.PatchAsync(VeleroTypes.Restores.Api, "r1", """{"metadata":{"finalizers":["restores.velero.io/external-resources-finalizer"]}}""");
        (await room.Restores.DeleteAsync("r1")).ShouldBe(HttpStatusCode.OK).Text("metadata", "deletionTimestamp").ShouldNotBeNull();
        (await room.Client.GetAsync("restores", "r1")).ShouldBe(HttpStatusCode.OK);
        await room.PatchAsync(VeleroTypes.Restores.Api, "r1", """{"metadata":{"finalizers":null}}""");
        (await room.Client.GetAsync("restores", "r1")).ShouldFail(HttpStatusCode.NotFound, "NotFound", """restores.velero.io "r1" not found""");
    }
}
