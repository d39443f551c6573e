using System.Text.Json.Nodes;
using Aeos.Cli.Tests.Running;

namespace Aeos.Cli.Tests.Backups;

public sealed class CreateTests : EngineBench
{
    private const string Archive = "backups/first/first.tar.gz";

    [Fact]
    public async Task A_backup_is_encrypted_and_says_under_which_key()
    {
        var key = (await AeosProcess.RunAsync("keygen", "--from", KeyFile)).Text;
        var outcome = (await EngineAsync("backup", "create", "first", "--include-namespaces", "shop", "--features", "EnableEncryption", "--encryption-key-file", KeyFile)).ShouldBeDone();
        outcome.Text.ShouldMatch("^Backup first Completed: [0-9]+ items, 0 errors, 0 warnings, encrypted with the key [A-Za-z0-9_-]{16}\\.\n$");
        key.ShouldContain(outcome.Text.Split(' ')[^1].TrimEnd('.', '\n'));
        File.ReadAllBytes(Stored(Archive)).AsSpan(0, 3).ToArray().ShouldBe([2, 4, 0x78]);
        (outcome.Text + outcome.Error).ShouldNotContain(Hidden);
        Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_the_feature_it_is_plaintext_and_says_so()
    {
        (await EngineAsync("backup", "create", "first", "--include-namespaces", "shop")).ShouldBeDone().Text.ShouldContain("not encrypted");
        File.ReadAllBytes(Stored(Archive)).AsSpan(0, 2).ToArray().ShouldBe([0x1f, 0x8b]);
    }

    [Fact]
    public async Task What_was_asked_for_is_in_the_document()
    {
        var outcome = await EngineAsync(
            "backup", "create", "first", "--include-namespaces", "shop", "--exclude-resources", "configmaps,pods", "--include-cluster-resources=false", "--selector", "app=shop",
            "--labels", "team=web,tier=1", "--annotations", "why=because of a=b", "--ttl", "90m", "--storage-location", "cold", "--snapshot-volumes=false", "--wait", "-o", "json");
        var document = JsonNode.Parse(outcome.ShouldBeDone().Text)!;
        document["metadata"]!["labels"]!["team"]!.GetValue<string>().ShouldBe("web");
        document["metadata"]!["annotations"]!["why"]!.GetValue<string>().ShouldBe("because of a=b");
        document["spec"]!["excludedResources"]!.AsArray().Select(name => name!.GetValue<string>()).Take(2).ShouldBe(["configmaps", "pods"]);
        document["spec"]!["includeClusterResources"]!.GetValue<bool>().ShouldBeFalse();
        document["spec"]!["labelSelector"]!["matchLabels"]!["app"]!.GetValue<string>().ShouldBe("shop");
        document["spec"]!["ttl"]!.GetValue<string>().ShouldBe("1h30m0s");
        document["spec"]!["storageLocation"]!.GetValue<string>().ShouldBe("cold");
        File.ReadAllText(Stored("backups/first/velero-backup.json")).ShouldBe(document.ToJsonString());
    }

    [Fact]
    public async Task The_flags_for_cluster_scoped_and_namespace_scoped_types_are_in_the_document_and_the_description()
    {
        var outcome = await EngineAsync(
            "backup", "create", "first", "--include-namespaces", "sh*", "--include-cluster-scoped-resources", "storageclasses", "--exclude-namespace-scoped-resources", "configmaps",
            "--ordered-resources", "secrets=shop/database;pods=shop/a,shop/b", "--csi-snapshot-timeout", "5m", "--item-operation-timeout", "1h", "--data-mover", "velero", "-o", "json");
        var spec = JsonNode.Parse(outcome.ShouldBeDone().Text)!["spec"]!;
        spec["includedClusterScopedResources"]!.AsArray().Single()!.GetValue<string>().ShouldBe("storageclasses");
        spec["orderedResources"]!["pods"]!.GetValue<string>().ShouldBe("shop/a,shop/b");
        spec["csiSnapshotTimeout"]!.GetValue<string>().ShouldBe("5m0s");
        spec["itemOperationTimeout"]!.GetValue<string>().ShouldBe("1h0m0s");

        var text = (await BucketAsync("backup", "describe", "first", "--details")).ShouldBeDone().Text;
        text.ShouldMatch("Resources:\n  Included cluster-scoped: +storageclasses\n");
        text.ShouldContain("OrderedResources:\n  pods: shop/a,shop/b\n");
        text.ShouldContain("- shop/database\n");
        text.ShouldNotContain("- shop/settings\n");
    }

    [Fact]
    public async Task A_backup_that_lacks_something_ends_with_1_and_says_what()
    {
        var outcome = await EngineAsync("backup", "create", "first", "--include-namespaces", "shop,nowhere");
        outcome.ExitCode.ShouldBe(1);
        outcome.Text.ShouldContain("first PartiallyFailed");
        outcome.Error.ShouldContain("nowhere");
    }

    [Fact]
    public async Task The_locations_name_is_its_manifests()
    {
        await File.WriteAllTextAsync(Location, (await File.ReadAllTextAsync(Location)).Replace("name: default", "name: cellar", StringComparison.Ordinal));

        var document = JsonNode.Parse((await EngineAsync("backup", "create", "first", "-o", "json")).ShouldBeDone().Text)!;

        document["spec"]!["storageLocation"]!.GetValue<string>().ShouldBe("cellar");
        document["metadata"]!["labels"]!["velero.io/storage-location"]!.GetValue<string>().ShouldBe("cellar");
    }

    [Fact]
    public async Task A_read_only_location_takes_no_backup_and_lets_none_be_deleted()
    {
        await File.AppendAllTextAsync(Location, "\n  accessMode: ReadOnly\n");

        (await EngineAsync("backup", "create", "first")).ShouldBeRefused("location default is in read-only mode");
        (await BucketAsync("backup", "delete", "first", "--confirm")).ShouldBeRefused("location default is in read-only mode");
        Directory.GetFileSystemEntries(At("store/bucket")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        await BackUpAsync("first");
        (await EngineAsync("backup", "create", "first", "--include-namespaces", "shop")).ShouldBeRefused("first");
        File.ReadAllBytes(Stored(Archive)).AsSpan(0, 3).ToArray().ShouldBe([2, 4, 0x78]);
    }

    // Neither the location nor the cluster is there: what is wrong with the command line is said first.
    [Theory]
    [InlineData("no key is named", "--features", "EnableEncryption")]
    [InlineData("no key is named", "--features", "EnableEncryption", "--encryption-scope", "all")]
    [InlineData("EnableEncryption is not on", "--encryption-key-file", "a.key")]
    [InlineData("EnableEncryption is not on", "--encryption-secret", "a")]
    [InlineData("EnableEncryption is not on", "--encryption-format", "aes-gcm")]
    [InlineData("two keys", "--features", "EnableEncryption", "--encryption-key-file", "a.key", "--encryption-secret", "a")]
    [InlineData("--encryption-secret is empty", "--features", "EnableEncryption", "--encryption-secret", "")]
    [InlineData("--encryption-key-file is empty", "--features", "EnableEncryption", "--encryption-key-file", "")]
    [InlineData("no namespace", "--features", "EnableEncryption", "--encryption-secret", "a", "--namespace", "")]
    [InlineData("no namespace", "--namespace", "Not/One")]
    [InlineData("aes-gcm", "--features", "EnableEncryption", "--encryption-key-file", "a.key", "--encryption-format", "aes-gcm", "--encryption-scope", "all")]
    [InlineData("EnableMagic", "--features", "EnableEncryption,EnableMagic", "--encryption-key-file", "a.key")]
    [InlineData("both given", "--selector", "a=b", "--or-selector", "c=d or e=f")]
    [InlineData("selector", "--selector", "a=b,,=c")]
    [InlineData("--labels", "--labels", "a=1,b")]
    [InlineData("--ttl", "--ttl", "a while")]
    [InlineData("--client-qps", "--client-qps", "-1")]
    [InlineData("do not go together", "--include-resources", "pods", "--exclude-cluster-scoped-resources", "nodes")]
    [InlineData("do not go together", "--include-cluster-resources", "--include-namespace-scoped-resources", "pods")]
    [InlineData("--ordered-resources", "--ordered-resources", "pods")]
    [InlineData("--ordered-resources", "--ordered-resources", "pods=a/b;pods=c/d")]
    [InlineData("--resource-policies-configmap is empty", "--resource-policies-configmap", "")]
    [InlineData("data of volumes", "--snapshot-volumes")]
    [InlineData("data of volumes", "--default-volumes-to-fs-backup=true")]
    [InlineData("data of volumes", "--snapshot-move-data")]
    [InlineData("data of volumes", "--volume-snapshot-locations", "aws")]
    [InlineData("data of volumes", "--data-mover", "another")]
    [InlineData("data of volumes", "--parallel-files-upload", "2")]
    public async Task A_wrong_command_line_is_refused_before_anything_is_asked(string word, params string[] arguments) =>
        (await AeosProcess.RunAsync(["backup", "create", "first", "--location", At("nowhere.yaml"), "--kubeconfig", At("nowhere"), .. arguments])).ShouldBeWrongUsage(word).Output.ShouldBeEmpty();

    [Fact]
    public async Task A_key_is_read_from_a_Secret_and_the_Secret_is_not_in_the_backup()
    {
        SeedKey("backup-key", new byte[32].Select((_, i) => (byte)(i * 7)).ToArray());
        (await EngineAsync("backup", "create", "first", "--features", "EnableEncryption", "--encryption-secret", "backup-key", "-o", "json")).ShouldBeDone();
        var list = (await EngineAsync("backup", "describe", "first", "--details")).ShouldBeDone().Text;
        list.ShouldMatch("Key from: +secret");
        list.ShouldContain("secretName=backup-key");
        list.ShouldContain("- shop/database");
        list.ShouldNotContain("- velero/backup-key");
        (await EngineAsync("backup", "download", "first", "-o", At("out.tar.gz"))).ShouldBeDone();
        File.ReadAllBytes(At("out.tar.gz")).AsSpan(0, 2).ToArray().ShouldBe([0x1f, 0x8b]);
    }

    [Fact]
    public async Task A_Secret_without_a_usable_key_is_refused_and_nothing_is_written()
    {
        SeedKey("other-field", new byte[32], "key");
        SeedKey("empty", []);
        SeedKey("short", new byte[31]);
        foreach (var (secret, word) in new[] { ("missing", "no Secret"), ("other-field", "lacks the field encryptionKey"), ("empty", "is empty"), ("short", "31") })
        {
            (await EngineAsync("backup", "create", "first", "--features", "EnableEncryption", "--encryption-secret", secret)).ShouldBeRefused(word, $"velero/{secret}");
        }

        StoredKeys().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_without_a_usable_key_is_refused_and_nothing_is_written()
    {
        Write("short.key", new byte[31]);
        Write("empty.key", []);
        foreach (var (file, word) in new[] { ("missing.key", "missing.key"), ("short.key", "31"), ("empty.key", "empty") })
        {
            (await EngineAsync("backup", "create", "first", "--features", "EnableEncryption", "--encryption-key-file", At(file))).ShouldBeRefused(word);
        }

        StoredKeys().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cluster_that_cannot_be_reached_leaves_nothing_in_the_bucket()
    {
        await Cluster.DisposeAsync();
        (await EngineAsync("backup", "create", "first", "--features", "EnableEncryption", "--encryption-key-file", KeyFile)).ShouldBeRefused();
        StoredKeys().ShouldBeEmpty();
    }

    [UnixFact]
    public async Task Without_a_cluster_it_says_how_to_name_one() => (await WithoutClusterAsync("backup", "create", "first")).ShouldBeRefused("kubeconfig");
}
