using System.Text.Json.Nodes;
using Aeos.Cli.Tests.Running;
using Aeos.Server.Resources;
using Aeos.Server.Tests;
using Aeos.Velero.Resources;
using YamlDotNet.RepresentationModel;

namespace Aeos.Cli.Tests.Cluster;

/// <summary>What the commands ask of a server, and how its answers are told. The test is the server.</summary>
public sealed class BackupRequestTests : ClusterRoom
{
    [Fact]
    public async Task A_backup_is_asked_for_with_all_that_the_flags_say()
    {
        var outcome = (await AeosAsync(
            "backup", "create", "one", "--include-namespaces", "shop", "--selector", "app=shop", "--ttl", "24h", "--labels", "team=a", "--storage-location", "default",
            "--features", "EnableEncryption", "--encryption-secret", "other-key")).ShouldBeDone();
        outcome.Text.ShouldContain("aeos backup describe one");
        var wanted = (await Backups.TryGetAsync("one", default))!;
        wanted.Metadata.Labels!["team"].ShouldBe("a");
        wanted.Spec.IncludedNamespaces.ShouldBe(["shop"]);
        wanted.Spec.Ttl.ShouldBe("24h0m0s");
        wanted.Spec.StorageLocation.ShouldBe("default");
        (wanted.Spec.Encryption!.Enabled, wanted.Spec.Encryption.SecretName).ShouldBe((true, "other-key"));
        (await AeosAsync("backup", "create", "one")).ShouldBeRefused("AlreadyExists");
        (await AeosAsync("backup", "create", "two", "--storage-location", "nowhere")).ShouldBeRefused("no backup-location \"nowhere\"");
    }

    [Fact]
    public async Task What_would_be_asked_for_is_shown_and_nothing_done()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader((await AeosAsync("backup", "create", "one", "--include-namespaces", "shop", "-o", "yaml")).ShouldBeDone().Text));
        yaml.Documents[0].RootNode["spec"]["includedNamespaces"][0].ToString().ShouldBe("shop");
        (await AeosAsync("restore", "create", "again", "--from-backup", "one", "-o", "json")).ShouldBeDone().Text.ShouldContain("\"backupName\": \"one\"");
        (await Backups.TryGetAsync("one", default)).ShouldBeNull();
        (await Restores.TryGetAsync("again", default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_schedules_backup_is_taken_now_with_its_template_and_labels()
    {
        await Bench.Of(VeleroTypes.Schedules).CreateAsync(
            new ScheduleDocument
            {
                Metadata = new DocumentMetadata { Name = "nightly", Namespace = ServerBench.Namespace, Labels = new Dictionary<string, string> { ["team"] = "a" } },
                Spec = new ScheduleSpec { Schedule = "@every 1h", UseOwnerReferencesInBackup = true, Template = new BackupSpec { IncludedNamespaces = ["shop"] } },
            },
            default);
        (await AeosAsync("backup", "create", "--from-schedule", "nightly")).ShouldBeDone().Text.ShouldMatch("The backup nightly-[0-9]{14} was asked for");
        (await AeosAsync("backup", "create", "named", "--from-schedule", "nightly", "--labels", "by=hand")).ShouldBeDone();
        var made = (await Backups.TryGetAsync("named", default))!;
        made.Spec.IncludedNamespaces.ShouldBe(["shop"]);
        made.Metadata.Labels.ShouldBe(new Dictionary<string, string> { ["team"] = "a", ["by"] = "hand", ["velero.io/schedule-name"] = "nightly" }, ignoreOrder: true);
        made.Metadata.OwnerReferences![0].Name.ShouldBe("nightly");
        (await AeosAsync("backup", "create", "--from-schedule", "weekly")).ShouldBeRefused("no schedule \"weekly\"");
    }

    [Fact]
    public async Task Encryption_is_not_asked_for_where_Veleros_definition_would_drop_that()
    {
        await using var api = await DroppingApi.StartAsync(At("veleros"));
        (await AeosProcess.RunAsync("backup", "create", "one", "--encryption-secret", "backup-key", "--kubeconfig", At("veleros"))).ShouldBeRefused("drops spec.encryption");
        (await AeosProcess.RunAsync("schedule", "create", "one", "--schedule", "@every 1h", "--features", "EnableEncryption", "--kubeconfig", At("veleros"))).ShouldBeRefused("drops spec.encryption");
        api.Written.ShouldBeEmpty();
        (await AeosProcess.RunAsync("backup", "create", "one", "--kubeconfig", At("veleros"))).ShouldBeDone();
        api.Written.ShouldBe(["/apis/velero.io/v1/namespaces/velero/backups"]);
    }

    [Theory]
    [InlineData("--encryption-key-file needs --location", "backup", "create", "one", "--encryption-key-file", "x")]
    [InlineData("--encryption-scope needs --location", "backup", "create", "one", "--encryption-scope", "all")]
    [InlineData("EnableAPIGroupVersions needs --location", "backup", "create", "one", "--features", "EnableAPIGroupVersions")]
    [InlineData("--encryption-key-file needs --location", "backup", "logs", "one", "--encryption-key-file", "x")]
    [InlineData("--require-encryption needs --location", "backup", "download", "one", "--require-encryption")]
    [InlineData("--workers needs --location", "restore", "create", "--from-backup", "one", "--workers", "3")]
    [InlineData("--credentials needs --location", "backup", "get", "--credentials", "x")]
    [InlineData("--from-schedule does not go together with --location", "backup", "create", "one", "--from-schedule", "x", "--location", "x")]
    [InlineData("--cacert does not go together with --location", "backup", "logs", "one", "--cacert", "x", "--location", "x")]
    [InlineData("no name", "backup", "create")]
    [InlineData("which backups are meant", "backup", "delete", "--confirm")]
    [InlineData("which backups are meant", "backup", "delete", "one", "--all", "--confirm")]
    public async Task What_belongs_to_one_way_only_is_refused_in_the_other(string reason, params string[] arguments) =>
        (await AeosAsync(arguments)).ShouldBeWrongUsage(reason);

    [Fact]
    public async Task Backups_are_listed_by_labels_and_one_that_cannot_be_read_hides_no_other()
    {
        await PutBackupAsync("nightly-20260102030405", schedule: "nightly");
        await PutBackupAsync("one");
        (await AeosAsync("backup", "get", "-o", "json", "-l", "velero.io/schedule-name=nightly")).ShouldBeDone().Text.ShouldContain("\"name\": \"nightly-20260102030405\"");
        var list = JsonNode.Parse((await AeosAsync("backup", "get", "-o", "json")).ShouldBeDone().Text)!;
        list["kind"]!.GetValue<string>().ShouldBe("BackupList");
        list["items"]!.AsArray().Count.ShouldBe(2);
        (await AeosAsync("backup", "get", "nothing")).ShouldBeRefused("no backup \"nothing\"");
        (await AeosAsync("backup", "get", "--namespace", "elsewhere")).ShouldBeDone().Text.Split('\n').Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_backups_deletion_is_asked_of_the_server()
    {
        var backup = await PutBackupAsync("one");
        await PutBackupAsync("nightly-1", schedule: "nightly");
        (await AeosAsync("backup", "delete", "one")).ShouldBeWrongUsage("--confirm");
        (await RequestsAsync()).ShouldBeEmpty();

        (await AeosAsync("backup", "delete", "one", "--confirm")).ShouldBeDone().Text.ShouldContain("Backup one will be deleted");
        var request = (await RequestsAsync()).ShouldHaveSingleItem();
        request.Spec.BackupName.ShouldBe("one");
        request.Metadata.Name.ShouldMatch("^one-[a-z0-9]{5}$");
        request.Metadata.Labels.ShouldBe(new Dictionary<string, string> { ["velero.io/backup-name"] = "one", ["velero.io/backup-uid"] = backup.Metadata.Uid! }, ignoreOrder: true);

        await Bench.Of(VeleroTypes.DeleteBackupRequests).PatchAsync(
            request, request with { Status = new DeleteBackupRequestStatus { Phase = DeleteBackupRequestPhase.Processed, Errors = ["the store is away"] } }, default);
        (await AeosAsync("backup", "describe", "one")).ShouldBeDone().Text.ShouldMatch("Deletion Attempts \\(1 failed\\):\n  .*: Processed\n    the store is away\n$");
        (await AeosAsync("backup", "describe", "nightly-1")).ShouldBeDone().Text.ShouldNotContain("Deletion");

        (await AeosAsync("backup", "delete", "--selector", "velero.io/schedule-name=nightly", "--confirm")).ShouldBeDone().Text.ShouldContain("Backup nightly-1 will");
        (await AeosAsync("backup", "delete", "--all", "--confirm")).ShouldBeDone();
        (await RequestsAsync()).Count.ShouldBe(4);
        (await AeosAsync("backup", "delete", "--selector", "a=b", "--confirm")).ShouldBeDone().Text.ShouldBe("No backups found.\n");
    }

    private async Task<List<DeleteBackupRequestDocument>> RequestsAsync()
    {
        var all = new List<DeleteBackupRequestDocument>();
        await foreach (var request in Bench.Of(VeleroTypes.DeleteBackupRequests).ListAsync(null, default))
        {
            all.Add(request);
        }

        return all;
    }
}
