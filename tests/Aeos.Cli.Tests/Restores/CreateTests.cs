using System.Text.Json.Nodes;
using Aeos.Cli.Tests.Running;
using Aeos.Embedded;

namespace Aeos.Cli.Tests.Restores;

public sealed class CreateTests : EngineBench
{
    [Fact]
    public async Task What_was_lost_comes_back()
    {
        await BackUpAsync("first");
        await LoseAsync();
        var outcome = (await EngineAsync("restore", "create", "again", "--from-backup", "first", "--encryption-key-file", KeyFile)).ShouldBeDone();
        outcome.Text.ShouldMatch("^Restore again of backup first Completed: [0-9]+ items, 0 errors, 0 warnings\\.\n$");
        (outcome.Text + outcome.Error).ShouldNotContain(Hidden);
        Cluster.Find("v1", "Secret", "shop", "database")!["data"]!["password"]!.GetValue<string>().ShouldBe(HiddenBase64);
    }

    [Fact]
    public async Task A_wrong_key_or_a_changed_archive_writes_nothing_to_the_cluster()
    {
        await BackUpAsync("first");
        await LoseAsync();
        Directory.CreateDirectory(At("elsewhere"));
        await KeyAsync("elsewhere/wrong.key");
        (await EngineAsync("restore", "create", "again", "--from-backup", "first", "--encryption-key-file", At("elsewhere/wrong.key"))).ShouldBeRefused("No key at hand opens the message");
        (await EngineAsync("restore", "create", "again", "--from-backup", "first")).ShouldBeRefused("--encryption-key-file");

        var archive = await File.ReadAllBytesAsync(Stored("backups/first/first.tar.gz"));
        archive[^5] ^= 1;
        await File.WriteAllBytesAsync(Stored("backups/first/first.tar.gz"), archive);
        (await EngineAsync("restore", "create", "again", "--from-backup", "first", "--encryption-key-file", KeyFile)).ShouldBeRefused("authentication tag is wrong");
        Writes.ShouldBeEmpty();
        StoredKeys().ShouldAllBe(key => key.StartsWith("backups/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Plaintext_is_restored_with_the_feature_on_and_refused_where_encryption_is_required()
    {
        await BackUpPlainAsync("plain");
        await LoseAsync();
        (await EngineAsync("restore", "create", "strict", "--from-backup", "plain", "--require-encryption")).ShouldBeRefused("not encrypted");
        Writes.ShouldBeEmpty();
        (await EngineAsync("restore", "create", "again", "--from-backup", "plain", "--features", "EnableEncryption", "--wait")).ShouldBeDone();
        Cluster.Find("v1", "ConfigMap", "shop", "settings").ShouldNotBeNull();
    }

    [Fact]
    public async Task The_key_that_the_backup_names_is_found_in_its_Secret_and_an_old_Secret_still_opens_old_backups()
    {
        SeedKey("old-key", [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 5))]);
        SeedKey("new-key", [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 3))]);
        (await EngineAsync("backup", "create", "first", "--include-namespaces", "shop", "--features", "EnableEncryption", "--encryption-secret", "old-key")).ShouldBeDone();
        await LoseAsync();
        (await EngineAsync("restore", "create", "again", "--from-backup", "first", "--encryption-secret", "new-key")).ShouldBeDone();
        Cluster.Find("v1", "Secret", "shop", "database").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_Secret_elsewhere_is_not_read_whatever_the_backup_says()
    {
        SeedKey("a-key", [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 5))]);
        (await EngineAsync("backup", "create", "first", "--include-namespaces", "shop", "--features", "EnableEncryption", "--encryption-secret", "a-key")).ShouldBeDone();
        (await EngineAsync("restore", "create", "again", "--from-backup", "first", "--namespace", "shop")).ShouldBeRefused("velero/a-key", "\"shop\" only");
    }

    [Fact]
    public async Task Namespaces_are_mapped_types_chosen_and_what_was_asked_for_is_in_the_document()
    {
        await BackUpAsync("first");
        var outcome = await EngineAsync(
            "restore", "create", "copy", "--from-backup", "first", "--encryption-key-file", KeyFile, "--namespace-mappings", "shop:copy", "--include-resources", "configmaps",
            "--existing-resource-policy", "update", "--preserve-nodeports", "--status-include-resources", "pods", "--or-selector", "app=shop or app!=shop", "-o", "json");
        var spec = JsonNode.Parse(outcome.ShouldBeDone().Text)!["spec"]!;
        spec["backupName"]!.GetValue<string>().ShouldBe("first");
        spec["namespaceMapping"]!["shop"]!.GetValue<string>().ShouldBe("copy");
        spec["existingResourcePolicy"]!.GetValue<string>().ShouldBe("update");
        spec["preserveNodePorts"]!.GetValue<bool>().ShouldBeTrue();
        spec["restoreStatus"]!["includedResources"]!.AsArray().Count.ShouldBe(1);
        spec["orLabelSelectors"]!.AsArray().Count.ShouldBe(2);
        Cluster.Find("v1", "ConfigMap", "copy", "settings").ShouldNotBeNull();
        Cluster.Find("v1", "Secret", "copy", "database").ShouldBeNull();
    }

    [Fact]
    public async Task The_newest_completed_backup_of_a_schedule_is_taken()
    {
        await BackUpAsync("nightly-20200101000000", "--labels", "velero.io/schedule-name=nightly");
        await BackUpAsync("nightly-20200102000000", "--labels", "velero.io/schedule-name=nightly");
        await BackUpAsync("other", "--labels", "velero.io/schedule-name=other");
        SetField("nightly-20200101000000", "\"startTimestamp\":\"", "2020-01-01T00:00:00Z");
        SetField("nightly-20200102000000", "\"startTimestamp\":\"", "2020-01-02T00:00:00Z");
        (await EngineAsync("restore", "create", "--from-schedule", "nightly", "--encryption-key-file", KeyFile)).ShouldBeDone()
            .Text.ShouldMatch("^Restore nightly-[0-9]{14} of backup nightly-20200102000000 Completed");

        SetField("nightly-20200102000000", "\"phase\":\"", "PartiallyFailed");
        (await EngineAsync("restore", "create", "r2", "--from-schedule", "nightly", "--encryption-key-file", KeyFile)).ShouldBeDone().Text.ShouldContain("nightly-20200101000000");
        (await EngineAsync("restore", "create", "r3", "--from-schedule", "nightly", "--allow-partially-failed", "--encryption-key-file", KeyFile)).ShouldBeDone().Text.ShouldContain("nightly-20200102000000");
        (await EngineAsync("restore", "create", "r4", "--from-schedule", "weekly")).ShouldBeRefused("weekly");
    }

    [Fact]
    public async Task A_restore_that_could_not_bring_all_back_ends_with_1_and_says_what()
    {
        await BackUpAsync("first");
        await LoseAsync();
        FaultFor = request => request.Method == "POST" && request.Path.EndsWith("/configmaps", StringComparison.Ordinal) ? Fault.Answer(403, "Forbidden", "configmaps are forbidden here") : null;
        var outcome = await EngineAsync("restore", "create", "again", "--from-backup", "first", "--encryption-key-file", KeyFile);
        outcome.ExitCode.ShouldBe(1);
        outcome.Text.ShouldContain("PartiallyFailed");
        outcome.Error.ShouldContain("configmaps are forbidden here");
        Cluster.Find("v1", "Secret", "shop", "database").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("a backup or a schedule")]
    [InlineData("a backup or a schedule", "--from-backup", "a", "--from-schedule", "b")]
    [InlineData("both given", "--from-backup", "a", "--selector", "a=b", "--or-selector", "c=d")]
    [InlineData("--namespace-mappings", "--from-backup", "a", "--namespace-mappings", "one")]
    [InlineData("--namespace-mappings", "--from-backup", "a", "--namespace-mappings", "one:two,one:three")]
    [InlineData("--namespace-mappings", "--from-backup", "a", "--namespace-mappings", "one:")]
    [InlineData("'none', 'update'", "--from-backup", "a", "--existing-resource-policy", "replace")]
    [InlineData("--labels", "--from-backup", "a", "--labels", "team")]
    [InlineData("--annotations", "--from-backup", "a", "--annotations", "why=1,why=2")]
    [InlineData("--resource-modifier-configmap is empty", "--from-backup", "a", "--resource-modifier-configmap", "")]
    [InlineData("data of volumes", "--from-backup", "a", "--restore-volumes")]
    [InlineData("data of volumes", "--from-backup", "a", "--write-sparse-files=true")]
    [InlineData("needs a key", "--from-backup", "a", "--encryption-scope", "all")]
    [InlineData("EnableMagic", "--from-backup", "a", "--features", "EnableMagic")]
    [InlineData("no namespace", "--from-backup", "a", "--namespace", "")]
    [InlineData("--encryption-key-file is empty", "--from-backup", "a", "--encryption-key-file", "")]
    [InlineData("--workers", "--from-backup", "a", "--workers", "0")]
    [InlineData("--resource-timeout", "--from-backup", "a", "--resource-timeout", "never")]
    [InlineData("more than one", "--from-backup", "a", "--restore-resource-priorities", "pods,-,jobs,-")]
    public async Task A_wrong_command_line_is_refused_before_anything_is_asked(string word, params string[] arguments) =>
        (await AeosProcess.RunAsync(["restore", "create", "again", "--location", At("nowhere.yaml"), "--kubeconfig", At("nowhere"), .. arguments])).ShouldBeWrongUsage(word).Output.ShouldBeEmpty();

    private void SetField(string backup, string before, string value)
    {
        var file = Stored($"backups/{backup}/velero-backup.json");
        var text = File.ReadAllText(file);
        var start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        File.WriteAllText(file, $"{text[..start]}{value}{text[text.IndexOf('"', start)..]}");
    }
}
