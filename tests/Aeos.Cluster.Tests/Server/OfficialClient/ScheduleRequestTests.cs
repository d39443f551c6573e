using System.Net;
using Aeos.Server.Resources;

namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary>The requests of <c>velero schedule</c>, answered by the API as the client needs it.</summary>
public class ScheduleRequestTests
{
    [Fact]
    public async Task Schedule_create_is_taken_as_the_client_writes_it()
    {
        await using var room = await PlayedRoom.OpenAsync();
        var made = (await room.Schedules.CreateAsync("s1", "@every 6h", "shop")).ShouldBe(HttpStatusCode.Created);
        made.Text("spec", "schedule").ShouldBe("@every 6h");
        made.Text("spec", "template", "ttl").ShouldBe("24h0m0s");
        made.Text("spec", "useOwnerReferencesInBackup").ShouldBe("false");
    }

    [Fact]
    public async Task Schedule_get_lists_those_of_all_namespaces()
    {
        await using var room = await PlayedRoom.OpenAsync();
        await room.Schedules.CreateAsync("s1", "@every 6h");
        var all = (await room.Schedules.ListAsync()).ShouldBe(HttpStatusCode.OK);
        all.Text("kind").ShouldBe("ScheduleList");
        all.Items.ShouldContain(item => item["metadata"]!["namespace"]!.ToString() == room.Client.Namespace);
    }

    [Fact]
    public async Task Schedule_describe_reads_one()
    {
        await using var room = await PlayedRoom.OpenAsync();
        await room.Schedules.CreateAsync("s1", "@every 6h");
        await room.PatchAsync(VeleroTypes.Schedules.Api, "s1", """{"status":{"phase":"Enabled","lastBackup":"2026-11-22T00:00:00Z"}}""");
        (await room.Schedules.DescribeAsync("s1")).ShouldBe(HttpStatusCode.OK).Text("status", "lastBackup").ShouldBe("2026-11-22T00:00:00Z");
    }

    [Fact]
    public async Task Schedule_pause_and_unpause_replace_it_and_keep_its_status()
    {
        await using var room = await PlayedRoom.OpenAsync();
        await room.Schedules.CreateAsync("s1", "@every 6h");
        await room.PatchAsync(VeleroTypes.Schedules.Api, "s1", """{"status":{"phase":"Enabled"}}""");
        var paused = (await room.Schedules.PauseAsync("s1", paused: true)).ShouldBe(HttpStatusCode.OK);
        paused.Text("spec", "paused").ShouldBe("true");
        paused.Phase.ShouldBe("Enabled");
        var unpaused = (await room.Schedules.PauseAsync("s1", paused: false)).ShouldBe(HttpStatusCode.OK);
        unpaused.Text("spec", "paused").ShouldBeNull();
        unpaused.Phase.ShouldBe("Enabled");
    }

    [Fact]
    public async Task Schedule_pause_is_refused_when_somebody_else_was_faster()
    {
        await using var room = await PlayedRoom.OpenAsync();
        await room.Schedules.CreateAsync("s1", "@every 6h");
        var read = (await room.Schedules.DescribeAsync("s1")).Body;
        await room.PatchAsync(VeleroTypes.Schedules.Api, "s1", """{"status":{"phase":"Enabled"}}""");
        read["spec"]!["paused"] = true;
        var refused = (await room.Client.UpdateAsync("schedules", read)).ShouldBe(HttpStatusCode.Conflict);
        refused.Text("reason").ShouldBe("Conflict");
        refused.Text("message")!.ShouldContain("the object has been modified; please apply your changes to the latest version and try again");
    }

    [Fact]
    public async Task Backup_create_from_a_schedule_takes_its_template_and_its_name_as_a_label()
    {
        await using var room = await PlayedRoom.OpenAsync();
        await room.Schedules.CreateAsync("s1", "@every 6h", "shop");
        var made = (await room.Backups.CreateFromScheduleAsync("s1", "s1-20261122010000")).ShouldBe(HttpStatusCode.Created);
        made.Text("spec", "ttl").ShouldBe("24h0m0s");
        made.Text("metadata", "labels", "velero.io/schedule-name").ShouldBe("s1");
    }

    [Fact]
    public async Task Schedule_delete_removes_it()
    {
        await using var room = await PlayedRoom.OpenAsync();
        await room.Schedules.CreateAsync("s1", "@every 6h");
        var gone = (await room.Schedules.DeleteAsync("s1")).ShouldBe(HttpStatusCode.OK);
        gone.Text("status").ShouldBe("Success");
        gone.Text("details", "kind").ShouldBe("schedules");
        (await room.Schedules.DescribeAsync("s1")).ShouldFail(HttpStatusCode.NotFound, "NotFound", """schedules.velero.io "s1" not found""");
    }
}
