using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Aeos.Embedded;
using Aeos.Server.Tests;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Tests.Cluster;

/// <summary>Commands on the cluster's resources, with a server that works on them.</summary>
public sealed class ServedBackupTests : ClusterRoom
{
    [Fact]
    public async Task A_backup_is_made_by_the_server_and_read_through_it()
    {
        await ServeAsync();
        var made = (await AeosAsync("backup", "create", "one", "--include-namespaces", "shop", "--wait")).ShouldBeDone();
        made.Text.ShouldMatch("The backup one was asked for\\.\nBackup one Completed: [0-9]+ items, 0 errors, 0 warnings, encrypted\\.\n$");

        (await AeosAsync("backup", "get")).ShouldBeDone().Text.Split('\n')[1].ShouldMatch(@"^one +Completed +0 +0 +[0-9-]{10} .* 29d +default +<none> +yes$");
        var described = (await AeosAsync("backup", "describe", "one", "--details")).ShouldBeDone().Text;
        described.ShouldContain("Phase:  Completed\n");
        described.ShouldMatch("Resource List:\n(.*\n)*  v1/ConfigMap:\n(.*\n)*    - shop/map-000\n");
        (await AeosAsync("backup", "logs", "one")).ShouldBeDone().Text.ShouldContain("Backed up a total of");

        (await AeosAsync("backup", "download", "one", "-o", At("one.tar.gz"))).ShouldBeDone();
        await using var tar = new TarReader(new GZipStream(File.OpenRead(At("one.tar.gz")), CompressionMode.Decompress));
        (await tar.GetNextEntryAsync()).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_restore_is_made_by_the_server_and_goes_with_its_backup()
    {
        await ServeAsync();
        (await AeosAsync("version", "--timeout", "1m")).ShouldBeDone().Text.ShouldMatch("Server:\n  Version: .+\n$");
        (await AeosAsync("backup", "create", "one", "--include-namespaces", "shop", "--wait")).ShouldBeDone();
        using var http = new HttpClient { BaseAddress = Api.Address };
        (await http.DeleteAsync("api/v1/namespaces/shop")).EnsureSuccessStatusCode();
        await Api.SettleAsync();

        (await AeosAsync("restore", "create", "again", "--from-backup", "one", "--wait")).ShouldBeDone().Text.ShouldContain("Restore again of backup one Completed");
        Api.Find("v1", "ConfigMap", "shop", "map-001").ShouldNotBeNull();
        (await AeosAsync("restore", "logs", "again")).ShouldBeDone().Text.ShouldContain("map-001");
        (await AeosAsync("restore", "describe", "again", "--details")).ShouldBeDone().Text.ShouldContain("shop/map-001(created)");

        (await AeosAsync("backup", "delete", "one", "--confirm")).ShouldBeDone();
        await Eventually.BecomesAsync<RestoreDocument?>(() => Restores.TryGetAsync("again", default), static found => found is null, "the restore's end");
        await Eventually.BecomesAsync<BackupDocument?>(() => Backups.TryGetAsync("one", default), static found => found is null, "the backup's end");
        Directory.GetFiles(Bench.Bucket, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_backup_that_the_server_refuses_ends_the_waiting_with_the_reason()
    {
        await ServeAsync();
        var outcome = await AeosAsync("backup", "create", "one", "--include-namespaces", "shop", "--exclude-namespaces", "shop", "--wait");
        outcome.ExitCode.ShouldBe(1);
        outcome.Text.ShouldContain("Backup one FailedValidation");
        outcome.Text.ShouldContain("0 warnings, nothing was written.");
        outcome.Error.ShouldContain("error: ");
        var described = (await AeosAsync("backup", "describe", "one")).ShouldBeDone();
        described.Text.ShouldMatch("Validation errors:  .*shop");
        described.Text.ShouldMatch("Encrypted: +<n/a>, nothing was written");
        (await AeosAsync("backup", "get", "one")).ShouldBeDone().Text.TrimEnd().ShouldEndWith(" <n/a>");
        (await AeosAsync("backup", "logs", "one")).ShouldBeRefused("no log of one yet", "FailedValidation");
    }

    [Fact]
    public async Task Whoever_may_not_read_the_endpoints_Secret_names_its_authority()
    {
        await ServeAsync();
        (await AeosAsync("backup", "create", "one", "--include-namespaces", "shop", "--wait")).ShouldBeDone();
        var secret = Api.Find("v1", "Secret", "velero", "aeos-downloads-tls")!;
        await File.WriteAllTextAsync(At("ca.crt"), Encoding.UTF8.GetString(Convert.FromBase64String((string)secret["data"]!["ca.crt"]!)));
        await File.WriteAllTextAsync(At("other.crt"), "no certificate");
        Api.BeforeRequest = request => request.Path.EndsWith("/secrets/aeos-downloads-tls", StringComparison.Ordinal) ? Fault.Answer(403, "Forbidden", "no") : null;

        var refused = (await AeosAsync("backup", "logs", "one")).ShouldBeRefused("the certificate of localhost is not trusted", "--cacert");
        refused.Error.ShouldNotContain("sig");
        (await AeosAsync("backup", "logs", "one", "--cacert", At("other.crt"))).ShouldBeRefused("holds no certificates");
        (await AeosAsync("backup", "logs", "one", "--cacert", At("ca.crt"))).ShouldBeDone().Text.ShouldContain("Backed up a total of");
        (await AeosAsync("backup", "logs", "one", "--insecure-skip-tls-verify")).ShouldBeDone().Text.ShouldContain("Backed up a total of");
        (await AeosAsync("backup", "describe", "one", "--details")).ShouldBeDone().Text.ShouldContain("Resource List:  not read: the certificate of localhost is not trusted");
    }

    [Fact]
    public async Task Without_a_server_a_log_is_not_waited_for_longer_than_asked()
    {
        await PutBackupAsync("one");
        (await AeosAsync("backup", "logs", "one", "--timeout", "1s")).ShouldBeRefused("within 1s", "--timeout");
        (await AeosAsync("backup", "logs", "two")).ShouldBeRefused("no backup \"two\" in the namespace velero");
    }
}
