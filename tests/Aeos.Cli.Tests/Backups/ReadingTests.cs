using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Aeos.Cli.Tests.Running;
using YamlDotNet.RepresentationModel;

namespace Aeos.Cli.Tests.Backups;

public sealed class ReadingTests : EngineBench
{
    [Fact]
    public async Task Backups_are_listed_in_Veleros_columns_also_those_that_Velero_wrote()
    {
        await BackUpAsync("first");
        PutVelerosBackup("by-velero");
        var lines = (await BucketAsync("backup", "get")).ShouldBeDone().Text.Split('\n');
        lines[0].Split("   ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ShouldBe(["NAME", "STATUS", "ERRORS", "WARNINGS", "CREATED", "EXPIRES", "STORAGE LOCATION", "QUEUE POSITION", "SELECTOR", "ENCRYPTED"]);
        lines[1].ShouldMatch(@"^by-velero +PartiallyFailed +2 +1 +2020-01-02 03:04:05 \+0000 UTC +[0-9]+y ago +default +app=shop +no$");
        lines[2].ShouldMatch(@"^first +Completed +0 +0 +[0-9-]{10} [0-9:]{8} \+0000 UTC +29d +default +<none> +yes$");
    }

    [Fact]
    public async Task One_backup_is_its_document_and_several_are_a_list_in_json_and_yaml()
    {
        await BackUpAsync("first");
        var one = JsonNode.Parse((await BucketAsync("backup", "get", "-o", "json")).ShouldBeDone().Text)!;
        one["kind"]!.GetValue<string>().ShouldBe("Backup");
        one.ToJsonString().ShouldBe(File.ReadAllText(Stored("backups/first/velero-backup.json")));

        PutVelerosBackup("by-velero");
        var list = JsonNode.Parse((await BucketAsync("backup", "get", "-o", "json")).ShouldBeDone().Text)!;
        list["kind"]!.GetValue<string>().ShouldBe("BackupList");
        list["items"]!.AsArray().Select(item => item!["metadata"]!["name"]!.GetValue<string>()).ShouldBe(["by-velero", "first"]);

        var yaml = new YamlStream();
        yaml.Load(new StringReader((await BucketAsync("backup", "describe", "by-velero", "-o", "yaml")).ShouldBeDone().Text));
        var status = (YamlMappingNode)yaml.Documents[0].RootNode["status"];
        status["phase"].ToString().ShouldBe("PartiallyFailed");
        status["unknownField"]["kept"].ToString().ShouldBe("1.50");
    }

    [Fact]
    public async Task A_backup_whose_document_is_damaged_does_not_hide_the_others()
    {
        await BackUpAsync("first");
        Directory.CreateDirectory(Stored("backups/broken"));
        File.WriteAllText(Stored("backups/broken/velero-backup.json"), "{");
        Directory.CreateDirectory(Stored("backups/moved"));
        File.Copy(Stored("backups/first/velero-backup.json"), Stored("backups/moved/velero-backup.json"));
        var outcome = await BucketAsync("backup", "get");
        outcome.ExitCode.ShouldBe(1);
        outcome.Text.ShouldContain("first");
        outcome.Error.ShouldContain("backups/broken/velero-backup.json");
        outcome.Error.ShouldContain("\"moved\" is that of \"first\"");
    }

    [Fact]
    public async Task A_backup_is_described_in_Veleros_form()
    {
        await BackUpAsync("first", "--selector", "app=shop");
        var text = (await BucketAsync("backup", "describe", "first", "--details")).ShouldBeDone().Text;
        text.ShouldStartWith("Name:         first\nNamespace:    velero\nLabels:       velero.io/storage-location=default\n");
        text.ShouldContain("\n\nPhase:  Completed\n\n");
        text.ShouldMatch(
            "Encrypted: +yes, as the backup's document says\n  Format: +message\n  Scope: +archive\n  Key from: +file\n  Key is: +fileName=test.key\n  Archive: +an encrypted message for the key aeos/[A-Za-z0-9_-]{16}, as its header says\n");
        text.ShouldContain("Namespaces:\n  Included:  shop\n  Excluded:  <none>\n");
        text.ShouldContain("Label selector:  app=shop\n");
        text.ShouldContain("TTL:  720h0m0s\n");
        text.ShouldContain("Backup Format Version:  1.1.0\n");
        text.ShouldMatch("Resource List:\n(.*\n)*  v1/Secret:\n    - shop/database\n");
        text.ShouldNotContain(Hidden);
    }

    [Fact]
    public async Task What_went_wrong_is_described_under_Veleros_headings()
    {
        (await EngineAsync("backup", "create", "first", "--include-namespaces", "shop,nowhere")).ExitCode.ShouldBe(1);
        var text = (await BucketAsync("backup", "describe", "first")).ShouldBeDone().Text;
        text.ShouldContain("Phase:  PartiallyFailed (run \"aeos backup logs first\"");
        text.ShouldMatch("Errors:\n  Velero: +.*nowhere.*\n  Cluster: +<none>\n  Namespaces: +<none>\n");
    }

    [Fact]
    public async Task Logs_and_downloads_are_decrypted_with_the_key_that_is_named_or_found()
    {
        await BackUpAsync("first", "--encryption-scope", "all");
        (await BucketAsync("backup", "logs", "first", "--encryption-key-file", KeyFile)).ShouldBeDone().Text.ShouldContain("Backed up a total of");
        (await BucketAsync("backup", "logs", "first", "--encryption-key-folder", Folder)).ShouldBeDone().Text.ShouldContain("Backed up a total of");
        (await BucketAsync("backup", "logs", "first")).ShouldBeRefused("test.key", "--encryption-key-file").Output.ShouldBeEmpty();

        (await BucketAsync("backup", "download", "first", "--encryption-key-file", KeyFile, "-o", At("out.tar.gz"))).ShouldBeDone();
        Entries(File.ReadAllBytes(At("out.tar.gz"))).ShouldContain("resources/secrets/namespaces/shop/database.json");
        Entries((await BucketAsync("backup", "download", "first", "--encryption-key-file", KeyFile, "-o", "-")).ShouldBeDone().Output).ShouldContain("metadata/version");
    }

    [Fact]
    public async Task A_folder_of_keys_that_is_not_there_is_named_though_a_key_is_at_hand()
    {
        await BackUpAsync("first");
        await DownloadIsRefusedAsync("no folder nowhere", "--encryption-key-folder", "nowhere", "--encryption-key-file", KeyFile);
        await DownloadIsRefusedAsync($"no folder {KeyFile}", "--encryption-key-folder", KeyFile);
        (await BucketAsync("backup", "logs", "first", "--encryption-key-folder", "")).ShouldBeWrongUsage("--encryption-key-folder is empty");
    }

    [Fact]
    public async Task A_backup_is_described_without_its_key_as_far_as_its_document_goes()
    {
        await BackUpAsync("first", "--encryption-scope", "all");
        var text = (await BucketAsync("backup", "describe", "first", "--details")).ShouldBeDone().Text;
        text.ShouldContain("Phase:  Completed");
        text.ShouldContain("Warnings and errors:  not read: ");
        text.ShouldContain("Resource List:  not read: ");
        text.ShouldContain("test.key");
    }

    [UnixFact]
    public async Task A_download_is_named_after_the_backup_and_needs_no_cluster()
    {
        await BackUpAsync("first");
        (await WithoutClusterAsync("backup", "download", "first", "--encryption-key-file", KeyFile)).ShouldBeDone().Output.ShouldBeEmpty();
        Names().ShouldContain("first-data.tar.gz");
    }

    [Fact]
    public async Task A_wrong_key_a_changed_archive_and_an_unknown_retriever_leave_no_file()
    {
        await BackUpAsync("first");
        Directory.CreateDirectory(At("elsewhere"));
        await KeyAsync("elsewhere/wrong.key");
        await DownloadIsRefusedAsync("No key at hand opens the message", "--encryption-key-file", At("elsewhere/wrong.key"));

        var archive = await File.ReadAllBytesAsync(Stored("backups/first/first.tar.gz"));
        archive[^5] ^= 1;
        await File.WriteAllBytesAsync(Stored("backups/first/first.tar.gz"), archive);
        await DownloadIsRefusedAsync("authentication tag is wrong", "--encryption-key-file", KeyFile);

        var document = Stored("backups/first/velero-backup.json");
        await File.WriteAllTextAsync(document, (await File.ReadAllTextAsync(document)).Replace("\"keyRetrieverType\":\"file\"", "\"keyRetrieverType\":\"vault\"", StringComparison.Ordinal));
        await DownloadIsRefusedAsync("\"vault\"; the known ones are secret and file");
    }

    [Fact]
    public async Task A_new_key_under_the_same_name_is_told_which_one_the_backup_needs()
    {
        await BackUpAsync("first");
        var needed = (await AeosProcess.RunAsync("keygen", "--from", KeyFile)).Text.Split('\n').Single(line => line.StartsWith("Key name", StringComparison.Ordinal)).Split(' ')[^1];
        File.Delete(KeyFile);
        await KeyAsync();
        await DownloadIsRefusedAsync(needed, "--encryption-key-file", KeyFile);
    }

    [Fact]
    public async Task Plaintext_is_downloaded_unless_encryption_is_required()
    {
        await BackUpPlainAsync("plain");
        (await BucketAsync("backup", "download", "plain", "-o", At("out"))).ShouldBeDone();
        (await BucketAsync("backup", "download", "plain", "-o", At("none"), "--require-encryption")).ShouldBeRefused("not encrypted");
        File.Exists(At("none")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_backup_is_deleted_when_that_is_confirmed()
    {
        await BackUpAsync("first");
        await BackUpAsync("second");
        (await BucketAsync("backup", "delete", "first")).ShouldBeWrongUsage("--confirm");
        (await BucketAsync("backup", "delete", "first", "--confirm")).ShouldBeDone().Text.ShouldMatch("^Backup first deleted: [0-9]+ objects\\.\n$");
        StoredKeys().ShouldAllBe(key => key.StartsWith("backups/second/", StringComparison.Ordinal));
        (await BucketAsync("backup", "delete", "first", "--confirm")).ShouldBeRefused("first");
        (await BucketAsync("backup", "describe", "first")).ShouldBeRefused("no backup \"first\"");
    }

    [Fact]
    public async Task With_a_backup_go_the_records_of_its_restores()
    {
        await BackUpAsync("first");
        await BackUpAsync("second");
        foreach (var (restore, backup) in new[] { ("again", "first"), ("anew", "first"), ("other", "second") })
        {
            (await EngineAsync("restore", "create", restore, "--from-backup", backup, "--encryption-key-file", KeyFile, "--encryption-scope", "all")).ShouldBeDone();
        }

        Directory.CreateDirectory(Stored("restores/by-velero"));
        await File.WriteAllBytesAsync(Stored("restores/by-velero/restore-by-velero-logs.gz"), [1]);
        Directory.CreateDirectory(Stored("restores/broken"));
        await File.WriteAllTextAsync(Stored("restores/broken/velero-restore.json"), "{");

        (await BucketAsync("backup", "delete", "third", "--confirm")).ShouldBeRefused("no backup \"third\"");
        var outcome = (await BucketAsync("backup", "delete", "first", "--confirm")).ShouldBeDone();
        outcome.Text.ShouldMatch("^Backup first deleted: [0-9]+ objects, and the records of its restores again, anew\\.\n$");
        outcome.Error.ShouldContain("restores/broken/velero-restore.json");
        StoredKeys().Select(key => string.Join('/', key.Split('/')[..2])).Distinct().ShouldBe(["backups/second", "restores/broken", "restores/by-velero", "restores/other"]);
        Cluster.Find("v1", "Secret", "shop", "database").ShouldNotBeNull();
    }

    [Fact]
    public async Task Records_stay_when_their_backup_is_not_there()
    {
        await BackUpAsync("first");
        (await EngineAsync("restore", "create", "again", "--from-backup", "first", "--encryption-key-file", KeyFile)).ShouldBeDone();
        Directory.Delete(Stored("backups/first"), recursive: true);
        (await BucketAsync("backup", "delete", "first", "--confirm")).ShouldBeRefused("no backup \"first\"");
        StoredKeys().ShouldContain("restores/again/velero-restore.json");
    }

    private async Task DownloadIsRefusedAsync(string word, params string[] arguments)
    {
        (await BucketAsync(["backup", "download", "first", "-o", At("none"), .. arguments])).ShouldBeRefused(word);
        File.Exists(At("none")).ShouldBeFalse();
    }

    [Fact]
    public async Task What_the_archives_bytes_are_stands_beside_what_the_document_says()
    {
        await BackUpAsync("first");
        await BackUpPlainAsync("plain");
        File.Copy(Stored("backups/plain/plain.tar.gz"), Stored("backups/first/first.tar.gz"), overwrite: true);
        (await BucketAsync("backup", "describe", "first")).ShouldBeDone().Text.ShouldContain("  Archive:   NOT ENCRYPTED");
        (await BucketAsync("backup", "describe", "plain")).ShouldBeDone().Text.ShouldContain("  Archive:  not encrypted");
        File.Delete(Stored("backups/plain/plain.tar.gz"));
        (await BucketAsync("backup", "describe", "plain")).ShouldBeDone().Text.ShouldContain("  Archive:  missing");
    }

    private void PutVelerosBackup(string name)
    {
        Directory.CreateDirectory(Stored($"backups/{name}"));
        File.WriteAllText(Stored($"backups/{name}/velero-backup.json"),
            $$$"""
            {"kind":"Backup","apiVersion":"velero.io/v1","metadata":{"name":"{{{name}}}","namespace":"velero","uid":"1"},"spec":{"storageLocation":"default","labelSelector":{"matchLabels":{"app":"shop"} } },
            "status":{"phase":"PartiallyFailed","errors":2,"warnings":1,"startTimestamp":"2020-01-02T03:04:05Z","expiration":"2020-02-02T03:04:05Z","unknownField":{"kept":1.50} } }
            """);
    }

    private static string[] Entries(byte[] archive)
    {
        using var tar = new TarReader(new GZipStream(new MemoryStream(archive), CompressionMode.Decompress));
        var names = new List<string>();
        while (tar.GetNextEntry() is { } entry)
        {
            names.Add(entry.Name);
        }

        return [.. names];
    }
}
