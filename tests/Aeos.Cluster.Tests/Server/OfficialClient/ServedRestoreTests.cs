using System.Net;
using Aeos.Server.Resources;

namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary><c>velero restore</c> against a running server.</summary>
public class ServedRestoreTests
{
    [Fact]
    public async Task Restore_create_wait_restores_under_another_name()
    {
        await using var room = await ServedRoom.OpenAsync();
        var second = await RestoreAsync(room);
        (await room.Room.GetAsync("v1", "ConfigMap", second, "settings"))["data"]!["k"]!.ToString().ShouldBe("blue");
        (await room.Room.GetAsync("v1", "Secret", second, "login"))["data"]!["password"]!.ToString().ShouldBe(Convert.ToBase64String("hunter2"u8));
        var restore = (await room.Restores.ListAsync()).Items.ShouldHaveSingleItem();
        restore["spec"]!["backupName"]!.ToString().ShouldBe("b1");
        restore["status"]!["progress"]!["itemsRestored"]!.ToString().ShouldBe(restore["status"]!["progress"]!["totalItems"]!.ToString());
        restore["status"]!["completionTimestamp"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Restore_create_wait_sees_that_a_restore_is_not_possible()
    {
        await using var room = await ServedRoom.OpenAsync();

        // The backup has failed validation: nothing of it is anywhere.
        (await room.Backups.CreateAndWaitAsync("b1", room.Application)).Phase.ShouldBe("FailedValidation");
        var ended = await room.Restores.CreateAndWaitAsync("r1", "b1");
        ended.Phase.ShouldBe("FailedValidation");
        (await room.Client.GetAsync("restores", "r1")).Body["status"]!["validationErrors"]!.AsArray().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Restore_describe_details_shows_results_resources_and_volumes()
    {
        await using var room = await ServedRoom.OpenAsync();
        await RestoreAsync(room);
        var shown = await room.Restores.DescribeAsync("r1");
        (await room.FetchAsync(shown.Results)).Json.AsObject().Select(static pair => pair.Key).ShouldBeSubsetOf(["errors", "warnings"]);
        (await room.FetchAsync(shown.ResourceList)).Json["v1/ConfigMap"]!.AsArray().Select(static item => item!.ToString())
            .ShouldContain(item => item.Contains("/settings(created)", StringComparison.Ordinal));
        (await room.FetchAsync(shown.VolumeInfo)).Json.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Restore_logs_prints_the_restores_log()
    {
        await using var room = await ServedRoom.OpenAsync();
        await RestoreAsync(room);
        var log = (await room.FetchAsync(await room.Restores.LogsAsync("r1"))).Text;
        log.ShouldContain("level=info");
        log.ShouldContain($"restore={room.Client.Namespace}/r1");
        log.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Restore_delete_removes_its_objects_and_leaves_the_backup()
    {
        await using var room = await ServedRoom.OpenAsync();
        await RestoreAsync(room);
        room.Objects.ShouldContain(static key => key.StartsWith("restores/r1/", StringComparison.Ordinal));
        (await room.Restores.DeleteAsync("r1")).ShouldBe(HttpStatusCode.OK);
        await room.UntilGoneAsync("restores", "r1");
        room.Objects.ShouldNotContain(static key => key.StartsWith("restores/", StringComparison.Ordinal));
        room.Objects.ShouldContain("backups/b1/b1.tar.gz");
    }

    [Fact]
    public async Task Restore_create_from_a_schedule_takes_its_newest_backup()
    {
        await using var room = await ServedRoom.OpenAsync();
        await room.MakeLocationAsync();
        await room.Schedules.CreateAsync("s1", "0 0 1 1 *", room.Application);
        await room.Backups.CreateFromScheduleAsync("s1", "s1-1");
        await room.UntilAsync("backups", "s1-1", static now => now.Phase == "Completed");
        await room.PatchAsync(VeleroTypes.Backups.Api, "s1-1", """{"status":{"startTimestamp":"2020-01-01T00:00:00Z"}}""");
        await room.Backups.CreateFromScheduleAsync("s1", "s1-2");
        await room.UntilAsync("backups", "s1-2", static now => now.Phase == "Completed");
        (await room.Restores.CreateFromScheduleAsync("s1", "r1")).ShouldBe(HttpStatusCode.Created);
        var restore = await room.UntilAsync("restores", "r1", static now => now.Phase is not (null or "New" or "InProgress" or "Finalizing"));
        restore.Phase.ShouldBe("Completed", restore.Body.ToJsonString());
        restore.Text("spec", "backupName").ShouldBe("s1-2");
    }

    private static async Task<string> RestoreAsync(ServedRoom room)
    {
        await room.BackUpAsync();
        var second = room.Room.Name("second");
        var ended = await room.Restores.CreateAndWaitAsync("r1", "b1", (room.Application, second));
        ended.Phase.ShouldBe("Completed", ended.Body.ToJsonString());
        return second;
    }
}
