using System.Net;

namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary><c>velero backup-location</c> and <c>velero version</c> against a running server.</summary>
public class ServedLocationTests
{
    [Fact]
    public async Task Backup_location_get_shows_that_it_is_Available_and_when_it_was_checked()
    {
        await using var room = await ServedRoom.OpenAsync();
        await room.MakeLocationAsync();
        var location = (await room.Locations.ListAsync()).Items.ShouldHaveSingleItem();
        location["status"]!["phase"]!.ToString().ShouldBe("Available");
        location["status"]!["lastValidationTime"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Backup_location_get_shows_one_that_cannot_be_opened_as_Unavailable()
    {
        await using var room = await ServedRoom.OpenAsync();

        // Its credential's Secret is not there.
        (await room.Locations.CreateReadOnlyAsync("second")).ShouldBe(HttpStatusCode.Created);
        var location = await room.UntilAsync("backupstoragelocations", "second", static now => now.Phase is not null);
        location.Phase.ShouldBe("Unavailable");
        location.Text("status", "message").ShouldNotBeNull();
    }

    [Fact]
    public async Task Backup_location_set_is_kept_by_the_server()
    {
        await using var room = await ServedRoom.OpenAsync();
        await room.MakeLocationAsync();

        // The last of what the server writes on its first look: the client's PUT is of what it read just before, and refused where that has changed.
        await room.UntilAsync("backupstoragelocations", "default", static now => now.Text("status", "lastSyncedTime") is not null);
        (await room.Locations.SetDefaultAsync("default", isDefault: false)).ShouldBe(HttpStatusCode.OK);
        var changed = await room.UntilAsync("backupstoragelocations", "default", static now => now.Phase == "Available");
        changed.Text("spec", "config", "root").ShouldNotBeNull();
    }

    [Fact]
    public async Task Version_shows_the_servers_and_plugin_get_its_providers()
    {
        await using var room = await ServedRoom.OpenAsync();
        var status = await new VersionCommand(room.Client).RunAsync();
        status.Text("status", "serverVersion").ShouldStartWith("v1.18.1+aeos.");
        status.Text("status", "processedTimestamp").ShouldNotBeNull();
        status.Body["status"]!["plugins"]!.AsArray().Select(static plugin => $"{plugin!["kind"]} {plugin["name"]}").ShouldContain("ObjectStore aeos.io/filesystem");
    }
}
