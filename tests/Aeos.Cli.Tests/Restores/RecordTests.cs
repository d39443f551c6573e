using System.Text.Json.Nodes;
using Aeos.Cli.Tests.Running;

namespace Aeos.Cli.Tests.Restores;

public sealed class RecordTests : EngineBench
{
    [Fact]
    public async Task Restores_are_listed_in_Veleros_columns()
    {
        await RestoreAsync("again");
        Directory.CreateDirectory(Stored("restores/by-velero"));
        await File.WriteAllBytesAsync(Stored("restores/by-velero/restore-by-velero-logs.gz"), [1]);
        var lines = (await BucketAsync("restore", "get")).ShouldBeDone().Text.Split('\n');
        lines[0].Split("   ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ShouldBe(["NAME", "BACKUP", "STATUS", "STARTED", "COMPLETED", "ERRORS", "WARNINGS", "CREATED", "SELECTOR"]);
        lines[1].ShouldMatch(@"^again +first +Completed +[0-9-]{10} [0-9:]{8} \+0000 UTC +[0-9-]{10} [0-9:]{8} \+0000 UTC +0 +0 +[0-9-]{10} [0-9:]{8} \+0000 UTC +<none>$");
        lines[2].ShouldStartWith("by-velero ");
        JsonNode.Parse((await BucketAsync("restore", "get", "again", "-o", "json")).ShouldBeDone().Text)!["kind"]!.GetValue<string>().ShouldBe("Restore");
        (await BucketAsync("restore", "get", "-o", "yaml")).ShouldBeDone().Text.ShouldContain("kind: RestoreList\n");
        (await BucketAsync("restore", "get", "by-velero")).ShouldBeRefused("by-velero");
    }

    [Fact]
    public async Task A_restore_is_described_in_Veleros_form()
    {
        await RestoreAsync("again", "--namespace-mappings", "shop:copy");
        var text = (await BucketAsync("restore", "describe", "again", "--details")).ShouldBeDone().Text;
        text.ShouldStartWith("Name:         again\nNamespace:    velero\n");
        text.ShouldMatch("\n\nPhase: +Completed\nTotal items to be restored: +[0-9]+\nItems restored: +[0-9]+\n");
        text.ShouldContain("Backup:  first\n");
        text.ShouldContain("Namespace mappings:  shop=copy\n");
        text.ShouldContain("Restore PVs:  auto\n");
        text.ShouldMatch("Resource List:\n(.*\n)*  v1/Secret:\n    - copy/database\\(created\\)\n");
        text.ShouldNotContain(Hidden);
    }

    [Fact]
    public async Task Labels_and_annotations_are_the_restores()
    {
        await RestoreAsync("again", "--labels", "team=web,tier=1", "--annotations", "why=because of a=b");
        var metadata = JsonNode.Parse((await BucketAsync("restore", "get", "again", "-o", "json")).ShouldBeDone().Text)!["metadata"]!;
        metadata["labels"]!.ToJsonString().ShouldBe("""{"team":"web","tier":"1"}""");
        metadata["annotations"]!["why"]!.GetValue<string>().ShouldBe("because of a=b");
        (await BucketAsync("restore", "describe", "again")).ShouldBeDone().Text.ShouldContain("Labels:       team=web\n              tier=1\nAnnotations:  why=because of a=b\n");
    }

    [Fact]
    public async Task Encrypted_records_are_read_with_the_key_that_is_named_or_that_the_backup_names()
    {
        await RestoreAsync("again", "--encryption-scope", "all");
        foreach (var name in new[] { "logs", "results" })
        {
            File.ReadAllBytes(Stored($"restores/again/restore-again-{name}.gz")).AsSpan(0, 3).ToArray().ShouldBe([2, 4, 0x78]);
        }

        (await BucketAsync("restore", "logs", "again", "--encryption-key-file", KeyFile)).ShouldBeDone().Text.ShouldContain("starting restore again");
        (await BucketAsync("restore", "logs", "again", "--encryption-key-folder", Folder)).ShouldBeDone().Text.ShouldContain("starting restore again");
        (await BucketAsync("restore", "describe", "again", "--encryption-key-folder", Folder)).ShouldBeDone();
        (await BucketAsync("restore", "logs", "again")).ShouldBeRefused("--encryption-key-file").Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Records_are_deleted_when_that_is_confirmed_and_the_objects_stay()
    {
        await RestoreAsync("again");
        (await BucketAsync("restore", "delete", "again")).ShouldBeWrongUsage("--confirm");
        (await BucketAsync("restore", "delete", "again", "--confirm")).ShouldBeDone().Text.ShouldMatch("^Restore again deleted: [0-9]+ objects\\.\n$");
        StoredKeys().ShouldAllBe(key => key.StartsWith("backups/", StringComparison.Ordinal));
        Cluster.Find("v1", "Secret", "shop", "database").ShouldNotBeNull();
        (await BucketAsync("restore", "delete", "again", "--confirm")).ShouldBeRefused("again");
        (await BucketAsync("restore", "delete", "../backups/first", "--confirm")).ShouldBeWrongUsage("not the name of a restore");
    }

    private async Task RestoreAsync(string name, params string[] arguments)
    {
        await BackUpAsync("first");
        (await EngineAsync(["restore", "create", name, "--from-backup", "first", "--encryption-key-file", KeyFile, .. arguments])).ShouldBeDone();
    }
}
