using System.Text.Json;
using Aeos.Cli.Tests.Running;
using Aeos.Embedded;

namespace Aeos.Cli.Tests.Install;

public sealed class InstallTests : TemporaryFolder, IAsyncLifetime
{
    private EmbeddedCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await EmbeddedCluster.StartAsync();
        await File.WriteAllTextAsync(At("kubeconfig"), _cluster.Kubeconfig);
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task A_dry_run_shows_all_objects_as_one_List_and_asks_no_cluster()
    {
        var shown = (await AeosProcess.RunAsync("install", "--dry-run", "-o", "json", "--kubeconfig", At("missing"))).ShouldBeDone();

        using var list = JsonDocument.Parse(shown.Output);
        list.RootElement.GetProperty("kind").GetString().ShouldBe("List");
        list.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("kind").GetString()).Distinct()
            .ShouldBe(["CustomResourceDefinition", "Namespace", "ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding", "Service", "Deployment"]);
        shown.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Velero_install_s_own_command_line_gives_its_location_and_Secret()
    {
        await File.WriteAllTextAsync(At("credentials"), "AZURE_STORAGE_ACCOUNT_ACCESS_KEY=x");

        var shown = (await AeosProcess.RunAsync(
            "install", "--provider", "aeos.io/azure", "--plugins", "any/image:1", "--bucket", "backups", "--secret-file", At("credentials"), "--use-volume-snapshots=false",
            "--backup-location-config", "resourceGroup=rg,storageAccount=acc", "--velero-pod-mem-request", "1Gi", "--dry-run", "-o", "yaml")).ShouldBeDone();

        shown.Text.ShouldContain("kind: BackupStorageLocation");
        shown.Text.ShouldContain("storageAccount: acc");
        shown.Text.ShouldContain("name: cloud-credentials");
        shown.Text.ShouldContain("memory: 1Gi");
        shown.Error.ShouldContain("--plugins does nothing here: the stores are part of the server");
        shown.Error.ShouldNotContain("volume-snapshots");
    }

    [Theory]
    [InlineData("the data of volumes is not backed up here", "--use-node-agent")]
    [InlineData("needs a key", "--features", "EnableEncryption")]
    [InlineData("needs a key", "--encryption-scope", "all")]
    [InlineData("without --bucket", "--provider", "aeos.io/azure")]
    [InlineData("without --provider", "--bucket", "b")]
    [InlineData("given both", "--no-default-backup-location", "--bucket", "b")]
    [InlineData("given both", "--secret-file", "x", "--no-secret")]
    [InlineData("a dry run makes no key", "--generate-encryption-secret", "--dry-run")]
    [InlineData("Add --dry-run", "-o", "yaml")]
    public async Task What_does_not_go_together_is_refused(string reason, params string[] arguments)
        => (await AeosProcess.RunAsync(["install", "--kubeconfig", At("missing"), .. arguments])).ShouldBeWrongUsage(reason);

    [Fact]
    public async Task A_new_key_is_on_standard_output_once_and_nowhere_else()
    {
        var first = (await InstallAsync("--generate-encryption-secret")).ShouldBeDone();
        var second = (await InstallAsync("--generate-encryption-secret")).ShouldBeDone();

        await File.WriteAllBytesAsync(At("backup.key"), first.Output);
        var secret = _cluster.Find("v1", "Secret", "velero", "aeos-encryption-key")!;
        (await AeosProcess.RunAsync("keygen", "--from", At("backup.key"))).ShouldBeDone().Text.ShouldContain((string)secret["metadata"]!["annotations"]!["aeos.io/key-name"]!);
        first.Error.ShouldNotContain(first.Text.Trim());
        first.Error.ShouldContain("Keep that line outside the cluster");
        second.Output.ShouldBeEmpty();
        second.Error.ShouldContain("Secret/aeos-encryption-key kept");
        second.Error.ShouldContain("Deployment/aeos unchanged");
    }

    [Fact]
    public async Task A_key_s_Secret_that_is_not_there_yet_is_said_with_the_command_that_makes_it()
    {
        var installed = (await InstallAsync("--encryption-secret", "backup-key")).ShouldBeDone();

        installed.Error.ShouldContain("warning: the Secret backup-key is not there");
        installed.Error.ShouldContain("aeos keygen --from FILE -o secret --name backup-key");
    }

    [Fact]
    public async Task Uninstall_asks_and_says_what_it_leaves()
    {
        (await InstallAsync("--generate-encryption-secret")).ShouldBeDone();

        (await AeosProcess.RunAsync("uninstall", "--kubeconfig", At("kubeconfig"))).ShouldBeWrongUsage("--force");
        _cluster.Find("apps/v1", "Deployment", "velero", "aeos").ShouldNotBeNull();

        var gone = (await AeosProcess.RunAsync("uninstall", "--force", "--kubeconfig", At("kubeconfig"))).ShouldBeDone();
        gone.Error.ShouldContain("Removed: Deployment aeos");
        gone.Error.ShouldContain("Left: the namespace velero, for what is in it: Secret aeos-encryption-key");
        _cluster.Find("apps/v1", "Deployment", "velero", "aeos").ShouldBeNull();
    }

    private Task<Outcome> InstallAsync(params string[] arguments) => AeosProcess.RunAsync(["install", "--kubeconfig", At("kubeconfig"), .. arguments]);
}
