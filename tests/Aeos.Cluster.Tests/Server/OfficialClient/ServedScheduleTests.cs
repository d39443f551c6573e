using System.Net;
using Aeos.Server.Resources;

namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary><c>velero schedule</c> against a running server.</summary>
public class ServedScheduleTests
{
    [Fact]
    public async Task Schedule_create_is_Enabled_and_makes_backups_when_they_are_due()
    {
        await using var room = await ServedRoom.OpenAsync();
        await room.MakeLocationAsync();
        await room.Schedules.CreateAsync("s1", "@every 1s", room.Application);
        var schedule = await room.UntilAsync("schedules", "s1", static now => now.Text("status", "lastBackup") is not null);
        schedule.Phase.ShouldBe("Enabled");
        var backup = (await room.Backups.ListAsync("velero.io/schedule-name=s1")).Names[0];
        backup.ShouldMatch("^s1-[0-9]{14}$");
        (await room.UntilAsync("backups", backup, static now => now.Phase == "Completed")).Text("spec", "ttl").ShouldBe("24h0m0s");
    }

    [Fact]
    public async Task Schedule_create_that_is_not_possible_says_why()
    {
        await using var room = await ServedRoom.OpenAsync();
        await room.Schedules.CreateAsync("s1", "every noon");
        var schedule = await room.UntilAsync("schedules", "s1", static now => now.Phase is not null);
        schedule.Phase.ShouldBe("FailedValidation");
        schedule.Body["status"]!["validationErrors"]!.AsArray().ShouldHaveSingleItem()!.ToString().ShouldContain("invalid schedule");
    }

    [Fact]
    public async Task Schedule_pause_keeps_it_Enabled_and_unpause_lets_it_go_on()
    {
        await using var room = await ServedRoom.OpenAsync();
        await room.Schedules.CreateAsync("s1", "0 0 1 1 *");
        await room.UntilAsync("schedules", "s1", static now => now.Phase == "Enabled");
        (await room.Schedules.PauseAsync("s1", paused: true)).ShouldBe(HttpStatusCode.OK).Text("spec", "paused").ShouldBe("true");
        (await room.Schedules.PauseAsync("s1", paused: false)).ShouldBe(HttpStatusCode.OK).Phase.ShouldBe("Enabled");
    }

    [Fact]
    public async Task Backup_create_from_a_schedule_is_one_of_the_schedules_backups()
    {
        await using var room = await ServedRoom.OpenAsync();
        await room.MakeLocationAsync();
        await room.Schedules.CreateAsync("s1", "0 0 1 1 *", room.Application);
        (await room.Backups.CreateFromScheduleAsync("s1", "s1-now")).ShouldBe(HttpStatusCode.Created);
        await room.UntilAsync("backups", "s1-now", static now => now.Phase == "Completed");
        (await room.Backups.ListAsync("velero.io/schedule-name=s1")).Names.ShouldContain("s1-now");
    }

    [Fact]
    public async Task Schedule_delete_leaves_its_backups()
    {
        await using var room = await ServedRoom.OpenAsync();
        await room.MakeLocationAsync();
        await room.Schedules.CreateAsync("s1", "0 0 1 1 *", room.Application);
        await room.Backups.CreateFromScheduleAsync("s1", "s1-now");
        await room.UntilAsync("backups", "s1-now", static now => now.Phase == "Completed");
        (await room.Schedules.DeleteAsync("s1")).ShouldBe(HttpStatusCode.OK);
        (await room.Backups.ListAsync()).Names.ShouldBe(["s1-now"]);
    }

    [Fact]
    public async Task Schedule_pause_and_backup_create_from_it_do_not_lose_that_its_backups_are_encrypted()
    {
        await using var room = await ServedRoom.OpenAsync(static options => options with { EnableEncryption = false, RequireEncryption = false });
        await room.MakeLocationAsync();
        await room.Schedules.CreateAsync("s1", "0 0 1 1 *", room.Application);
        await room.UntilAsync("schedules", "s1", static now => now.Phase == "Enabled");
        await room.PatchAsync(VeleroTypes.Schedules.Api, "s1", """{"spec":{"template":{"encryption":{"enabled":true}}}}""");
        await room.UntilAsync("schedules", "s1", static now => now.Text("metadata", "annotations", "aeos.io/template-encryption") is not null);

        (await room.Schedules.PauseAsync("s1", paused: true)).ShouldBe(HttpStatusCode.OK);
        await room.UntilAsync("schedules", "s1", static now => now.Text("spec", "template", "encryption", "enabled") == "true");

        (await room.Backups.CreateFromScheduleAsync("s1", "s1-now")).ShouldBe(HttpStatusCode.Created).Text("spec", "encryption").ShouldBeNull();
        (await room.UntilAsync("backups", "s1-now", static now => now.Phase == "Completed")).Text("status", "encryption", "isEncrypted").ShouldBe("true");
    }
}
