using System.Net;
using Aeos.Server.Resources;

namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary>The requests of <c>velero backup</c>, answered by the API as the client needs it. The server's part is played, too.</summary>
public class BackupRequestTests
{
    [Fact]
    public async Task Backup_create_is_taken_as_the_client_writes_it()
    {
        await using var room = await PlayedRoom.OpenAsync();
        await room.Locations.CreateDefaultAsync("default", "/nowhere");
        var made = (await room.Backups.CreateAsync("b1", "shop", "default")).ShouldBe(HttpStatusCode.Created);
        made.Text("metadata", "creationTimestamp").ShouldNotBeNull("the client sends null for it");
        made.Text("metadata", "labels", "x").ShouldBe("y");
        made.Text("spec", "ttl").ShouldBe("0s");
        made.Text("spec", "snapshotVolumes").ShouldBe("false");
        made.Body["spec"]!["includedNamespaces"]![0]!.ToString().ShouldBe("shop");
        made.Body["status"]!.AsObject().ShouldBeEmpty("there is no status subresource that would take it away");
    }

    [Fact]
    public async Task Backup_create_of_a_name_that_is_taken_is_refused_in_the_words_that_the_client_prints()
    {
        await using var room = await PlayedRoom.OpenAsync();
        await room.Backups.CreateAsync("b1");
        (await room.Backups.CreateAsync("b1")).ShouldFail(HttpStatusCode.Conflict, "AlreadyExists", """backups.velero.io "b1" already exists""");
    }

    [Fact]
    public async Task Backup_create_into_a_location_that_is_not_there_is_refused_before_anything_is_sent()
    {
        await using var room = await PlayedRoom.OpenAsync();
        (await room.Client.GetAsync("backupstoragelocations", "nowhere"))
            .ShouldFail(HttpStatusCode.NotFound, "NotFound", """backupstoragelocations.velero.io "nowhere" not found""");
    }

    [Theory]
    [InlineData("Completed")]
    [InlineData("PartiallyFailed")]
    [InlineData("FailedValidation")]
    public async Task Backup_create_wait_sees_how_the_backup_ends(string end)
    {
        await using var room = await PlayedRoom.OpenAsync();
        await room.Backups.CreateAsync("another");
        var waiting = room.Backups.CreateAndWaitAsync("b1");
        await room.UntilAsync(VeleroTypes.Backups.Api, "b1");
        await room.PatchAsync(VeleroTypes.Backups.Api, "another", """{"status":{"phase":"Failed"}}""");
        await room.PatchAsync(VeleroTypes.Backups.Api, "b1", """{"status":{"phase":"InProgress","progress":{"totalItems":3}}}""");
        await room.PatchAsync(VeleroTypes.Backups.Api, "b1", $$$"""{"status":{"phase":"{{{end}}}"}}""");
        (await waiting).Phase.ShouldBe(end);
    }

    [Fact]
    public async Task Backup_get_lists_all_those_with_a_label_and_one()
    {
        await using var room = await PlayedRoom.OpenAsync();
        (await room.Backups.ListAsync()).ShouldBe(HttpStatusCode.OK).Items.ShouldBeEmpty();
        await room.MakeBackupAsync("labelled");
        await room.Backups.CreateAsync("plain");
        var all = (await room.Backups.ListAsync()).ShouldBe(HttpStatusCode.OK);
        all.Text("kind").ShouldBe("BackupList");
        all.Names.ShouldBe(["labelled", "plain"]);
        all.Items[0]["kind"]!.ToString().ShouldBe("Backup");
        (await room.Backups.ListAsync("x=y")).Names.ShouldBe(["labelled"]);
        (await room.Backups.GetAsync("labelled")).ShouldBe(HttpStatusCode.OK).Phase.ShouldBe("Completed");
        (await room.Backups.GetAsync("nothing")).ShouldFail(HttpStatusCode.NotFound, "NotFound", """backups.velero.io "nothing" not found""");
    }

    [Fact]
    public async Task Backup_describe_finds_the_requests_to_delete_it_and_the_addresses_of_what_it_shows()
    {
        await using var room = await PlayedRoom.OpenAsync();
        await room.MakeBackupAsync();
        await room.Backups.CreateAsync("another");
        await room.Backups.DeleteAsync("another");
        await room.Backups.DeleteAsync("b1");
        var shown = await room.AnsweringDownloadsAsync(room.Backups.DescribeAsync("b1"));
        shown.Deletions.Items.Select(static item => item["spec"]!["backupName"]!.ToString()).ShouldBe(["b1"]);
        shown.Volumes.Items.ShouldBeEmpty();
        shown.Results.AbsolutePath.ShouldBe("/BackupResults/b1");
        shown.ResourceList.AbsolutePath.ShouldBe("/BackupResourceList/b1");
        shown.VolumeInfos.AbsolutePath.ShouldBe("/BackupVolumeInfos/b1");
    }

    [Fact]
    public async Task Backup_logs_gets_an_address()
    {
        await using var room = await PlayedRoom.OpenAsync();
        await room.MakeBackupAsync();
        (await room.AnsweringDownloadsAsync(room.Backups.LogsAsync("b1"))).AbsolutePath.ShouldBe("/BackupLog/b1");
    }

    [Fact]
    public async Task Backup_download_gets_an_address()
    {
        await using var room = await PlayedRoom.OpenAsync();
        await room.MakeBackupAsync();
        (await room.AnsweringDownloadsAsync(room.Backups.DownloadAsync("b1"))).AbsolutePath.ShouldBe("/BackupContents/b1");
    }

    [Fact]
    public async Task Backup_delete_makes_a_request_under_a_name_of_the_APIs_choosing()
    {
        await using var room = await PlayedRoom.OpenAsync();
        var backup = await room.Backups.CreateAsync("b1");
        var first = (await room.Backups.DeleteAsync("b1")).ShouldBe(HttpStatusCode.Created);
        first.Name.ShouldMatch("^b1-[a-z0-9]{5}$");
        first.Text("metadata", "labels", "velero.io/backup-uid").ShouldBe(backup.Text("metadata", "uid"));
        (await room.Backups.DeleteAsync("b1")).ShouldBe(HttpStatusCode.Created).Name.ShouldNotBe(first.Name);
    }

    [Fact]
    public async Task Backup_delete_all_makes_one_request_for_each()
    {
        await using var room = await PlayedRoom.OpenAsync();
        await room.Backups.CreateAsync("b1");
        await room.Backups.CreateAsync("b2");
        var made = await room.Backups.DeleteAllAsync();
        made.Select(static item => item.ShouldBe(HttpStatusCode.Created).Text("spec", "backupName")).ShouldBe(["b1", "b2"]);
    }
}
