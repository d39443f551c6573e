using System.Net;
using Aeos.Server.Resources;

namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary>The requests of <c>velero backup-location</c> and <c>velero version</c>, answered by the API as the client needs it.</summary>
public class LocationRequestTests
{
    [Fact]
    public async Task Backup_location_create_is_taken_as_the_client_writes_it()
    {
        await using var room = await PlayedRoom.OpenAsync();
        var made = (await room.Locations.CreateDefaultAsync("default", "/store")).ShouldBe(HttpStatusCode.Created);
        made.Text("spec", "config", "root").ShouldBe("/store");
        made.Text("spec", "default").ShouldBe("true");
        var second = (await room.Locations.CreateReadOnlyAsync("second")).ShouldBe(HttpStatusCode.Created);
        second.Text("spec", "accessMode").ShouldBe("ReadOnly");
        second.Text("spec", "credential", "key").ShouldBe("k");
        second.Text("spec", "backupSyncPeriod").ShouldBe("1m0s");
        second.Text("spec", "validationFrequency").ShouldBe("2m0s");
    }

    [Fact]
    public async Task Backup_location_get_lists_them_with_what_the_server_found()
    {
        await using var room = await PlayedRoom.OpenAsync();
        await room.Locations.CreateDefaultAsync("default", "/store");
        await room.Locations.CreateReadOnlyAsync("second");
        await room.PatchAsync(VeleroTypes.BackupStorageLocations.Api, "default", """{"status":{"phase":"Available"}}""");
        var all = (await room.Locations.ListAsync()).ShouldBe(HttpStatusCode.OK);
        all.Names.ShouldBe(["default", "second"]);
        all.Items[0]["status"]!["phase"]!.ToString().ShouldBe("Available");
    }

    [Fact]
    public async Task Backup_location_set_moves_the_default()
    {
        await using var room = await PlayedRoom.OpenAsync();
        await room.Locations.CreateDefaultAsync("default", "/store");
        await room.Locations.CreateReadOnlyAsync("second");
        (await room.Locations.SetDefaultAsync("default", isDefault: false)).ShouldBe(HttpStatusCode.OK).Text("spec", "default").ShouldBeNull();
        (await room.Locations.SetDefaultAsync("second", isDefault: true)).ShouldBe(HttpStatusCode.OK).Text("spec", "default").ShouldBe("true");
    }

    [Fact]
    public async Task Backup_location_delete_takes_the_resources_of_its_backups_along()
    {
        await using var room = await PlayedRoom.OpenAsync();
        await room.MakeBackupAsync();
        await room.Backups.CreateAsync("elsewhere");
        await room.PatchAsync(VeleroTypes.Backups.Api, "b1", """{"metadata":{"labels":{"velero.io/storage-location":"default"}}}""");
        (await room.Locations.DeleteAsync("default")).ShouldBe(["b1"]);
        (await room.Backups.ListAsync()).Names.ShouldBe(["elsewhere"]);
    }

    [Fact]
    public async Task Version_gets_what_the_server_says_of_itself()
    {
        await using var room = await PlayedRoom.OpenAsync();
        var asking = new VersionCommand(room.Client).RunAsync();
        var name = await room.UntilAsync(VeleroTypes.ServerStatusRequests.Api);
        await room.PatchAsync(VeleroTypes.ServerStatusRequests.Api, name, """{"status":{"phase":"Processed","serverVersion":"v1.18.1"}}""");
        (await asking).Text("status", "serverVersion").ShouldBe("v1.18.1");
    }
}
