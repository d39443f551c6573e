using System.Globalization;
using System.Net;

namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary><c>velero backup</c> against a running server that encrypts.</summary>
public class ServedBackupTests
{
    [Fact]
    public async Task Backup_create_wait_ends_with_what_get_prints()
    {
        await using var room = await ServedRoom.OpenAsync();
        var seen = await room.BackUpAsync();
        var backup = (await room.Backups.GetAsync("b1")).ShouldBe(HttpStatusCode.OK);
        backup.Phase.ShouldBe(seen.Phase);
        backup.Text("metadata", "labels", "velero.io/storage-location").ShouldBe("default");
        backup.Text("status", "errors").ShouldBeNull();
        backup.Text("status", "warnings").ShouldBeNull();
        backup.Text("status", "formatVersion").ShouldBe("1.1.0");
        backup.Text("status", "version").ShouldBe("1");
        backup.Text("status", "progress", "itemsBackedUp").ShouldBe(backup.Text("status", "progress", "totalItems"));
        var (start, completion, expiration) = (Time(backup, "startTimestamp"), Time(backup, "completionTimestamp"), Time(backup, "expiration"));
        completion.ShouldBeGreaterThanOrEqualTo(start);
        (expiration - start).ShouldBe(TimeSpan.FromDays(30), TimeSpan.FromMinutes(1));
        backup.Text("status", "encryption", "isEncrypted").ShouldBe("true");
    }

    [Fact]
    public async Task Backup_create_has_the_servers_defaults_where_the_client_sends_zeros()
    {
        await using var room = await ServedRoom.OpenAsync();
        await room.BackUpAsync();
        var backup = await room.Backups.GetAsync("b1");
        backup.Text("spec", "storageLocation").ShouldBe("default");
        backup.Text("spec", "ttl").ShouldBe("720h0m0s");
        backup.Text("spec", "csiSnapshotTimeout").ShouldBe("10m0s");
        backup.Text("spec", "itemOperationTimeout").ShouldBe("4h0m0s");
    }

    [Fact]
    public async Task Backup_create_wait_sees_that_a_backup_is_not_possible_and_describe_says_why()
    {
        await using var room = await ServedRoom.OpenAsync();
        var ended = await room.Backups.CreateAndWaitAsync("b1", room.Application);
        ended.Phase.ShouldBe("FailedValidation");
        (await room.Backups.GetAsync("b1")).Body["status"]!["validationErrors"]!.AsArray().ShouldHaveSingleItem()!.ToString().ShouldContain("default");
    }

    [Fact]
    public async Task Backup_describe_details_shows_results_resources_and_volumes()
    {
        await using var room = await ServedRoom.OpenAsync();
        await room.BackUpAsync();
        var shown = await room.Backups.DescribeAsync("b1");
        (await room.FetchAsync(shown.Results)).Json.AsObject().Select(static pair => pair.Key).ShouldBeSubsetOf(["errors", "warnings"]);
        var resources = (await room.FetchAsync(shown.ResourceList)).Json;
        resources["v1/ConfigMap"]!.AsArray().Select(static item => item!.ToString()).ShouldContain($"{room.Application}/settings");
        resources["v1/Secret"]!.AsArray().Select(static item => item!.ToString()).ShouldContain($"{room.Application}/login");
        (await room.FetchAsync(shown.VolumeInfos)).Json.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Backup_logs_prints_the_backups_log()
    {
        await using var room = await ServedRoom.OpenAsync();
        await room.BackUpAsync();
        var log = (await room.FetchAsync(await room.Backups.LogsAsync("b1"))).Text;
        log.ShouldContain("level=info");
        log.ShouldContain($"backup={room.Client.Namespace}/b1");
        log.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Backup_download_gets_the_archive_decrypted()
    {
        await using var room = await ServedRoom.OpenAsync();
        await room.BackUpAsync();
        var archive = Path.Combine(room.Bucket, "backups", "b1", "b1.tar.gz");
        (await File.ReadAllBytesAsync(archive))[..3].ShouldBe([0x02, 0x04, 0x78]);
        var files = (await room.FetchAsync(await room.Backups.DownloadAsync("b1"))).Files;
        files.Keys.ShouldContain("metadata/version");
        files[$"resources/secrets/namespaces/{room.Application}/login.json"].ShouldContain(Convert.ToBase64String("hunter2"u8));
    }

    [Fact]
    public async Task Backup_download_says_why_a_server_hands_out_no_archives()
    {
        await using var room = await ServedRoom.OpenAsync(static options => options with { DownloadArchives = false });
        await room.BackUpAsync();
        var refused = await room.FetchAsync(await room.Backups.DownloadAsync("b1"));
        refused.Code.ShouldBe(HttpStatusCode.Forbidden);
        System.Text.Encoding.UTF8.GetString(refused.Body).ShouldContain("--download-archives");
    }

    private static DateTimeOffset Time(Answer backup, string field) => DateTimeOffset.Parse(backup.Text("status", field)!, CultureInfo.InvariantCulture);
}
