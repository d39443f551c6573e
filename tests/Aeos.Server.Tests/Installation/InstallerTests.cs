using System.Text;
using Aeos.Encryption.Keys;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Requests;
using Aeos.Kubernetes.Tests.Fixtures;
using Aeos.Server.Installation;

namespace Aeos.Server.Tests.Installation;

public sealed class InstallerTests : InstallationRoom
{
    private static readonly InstalledLocation Location = new("aeos.io/azure", "backups", "", new Dictionary<string, string>(), null);

    [Fact]
    public async Task Everything_is_made_and_a_second_time_changes_nothing()
    {
        var options = new InstallationOptions { Location = Location, Credentials = "NAME=value"u8.ToArray(), Encryption = new InstalledEncryption("backup-key") };

        var first = await InstallAsync(options);
        var second = await InstallAsync(options);

        first.Select(item => item.Outcome).Distinct().ShouldBe([ApplyOutcome.Created]);
        second.Count.ShouldBe(first.Count);
        second.Where(item => item.Outcome != ApplyOutcome.Unchanged).ShouldBeEmpty();
        Server.Find("velero.io/v1", "BackupStorageLocation", "velero", "default").ShouldNotBeNull();
    }

    [Fact]
    public async Task Another_image_changes_the_Deployment_alone()
    {
        await InstallAsync();

        var changed = await InstallAsync(new InstallationOptions { Image = "registry.example/aeos:2" });

        changed.Where(item => item.Outcome != ApplyOutcome.Unchanged).ShouldHaveSingleItem().ShouldBe(new InstalledObject("Deployment", "velero", "aeos", ApplyOutcome.Configured));
    }

    [Fact]
    public async Task A_namespace_that_is_there_is_used_and_not_changed()
    {
        Seed("v1", "Namespace", "velero", null);

        var done = await InstallAsync();

        done.Single(item => item.Kind == "Namespace").Outcome.ShouldBe(ApplyOutcome.Kept);
        Server.Find("v1", "Namespace", null, "velero")!["metadata"]!["labels"]!.AsObject().ContainsKey("app.kubernetes.io/managed-by").ShouldBeFalse();
    }

    [Fact]
    public async Task What_somebody_else_made_under_a_name_of_ours_is_a_reason_to_write_nothing()
    {
        Seed("v1", "Namespace", "velero", null);
        Seed("v1", "ServiceAccount", "aeos", "velero");

        var refusal = await Should.ThrowAsync<AeosException>(() => InstallAsync());

        refusal.Cause.ShouldContain("ServiceAccount aeos");
        (await Cluster.DiscoverAsync()).Find("backups.velero.io").ShouldBeNull();
    }

    [Fact]
    public async Task A_Velero_is_not_taken_over()
    {
        await SeedVeleroAsync();

        var refusal = await Should.ThrowAsync<AeosException>(() => InstallAsync());

        refusal.Cause.ShouldContain("the namespace velero has a Velero");
        Server.Find("apps/v1", "Deployment", "velero", "aeos").ShouldBeNull();
    }

    [Fact]
    public async Task Beside_a_Velero_its_definitions_are_used_and_stay_as_they_are()
    {
        await SeedVeleroAsync();
        var before = Server.Find("apiextensions.k8s.io/v1", "CustomResourceDefinition", null, "backups.velero.io")!.ToJsonString();

        var done = await InstallAsync(new InstallationOptions { Namespace = "aeos", Location = Location with { Bucket = "others", Prefix = "aeos" } });

        done.Where(item => item.Kind == "CustomResourceDefinition").ShouldAllBe(item => item.Outcome == ApplyOutcome.Kept);
        Server.Find("apiextensions.k8s.io/v1", "CustomResourceDefinition", null, "backups.velero.io")!.ToJsonString().ShouldBe(before);
        Server.Find("apps/v1", "Deployment", "aeos", "aeos").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("", "", "--prefix is missing")]
    [InlineData("", "aeos", "without a prefix")]
    [InlineData("velero", "velero", "the prefix velero")]
    [InlineData("velero", "velero/aeos", "the prefix velero")]
    [InlineData("aeos/velero", "aeos", "the prefix aeos/velero")]
    public async Task A_place_in_the_bucket_that_a_Velero_uses_is_refused(string theirs, string ours, string reason)
    {
        await SeedVeleroAsync(prefix: theirs);

        var refusal = await Should.ThrowAsync<AeosException>(() => InstallAsync(new InstallationOptions { Namespace = "aeos", Location = Location with { Prefix = ours } }));

        refusal.Cause.ShouldContain(reason);
    }

    [Fact]
    public async Task Prefixes_that_only_begin_alike_are_two_places()
    {
        await SeedVeleroAsync(prefix: "velero");

        await InstallAsync(new InstallationOptions { Namespace = "aeos", Location = Location with { Prefix = "velero-2" } });

        Server.Find("velero.io/v1", "BackupStorageLocation", "aeos", "default").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_server_that_encrypts_is_not_made_to_write_plaintext_by_flags_that_were_forgotten()
    {
        await InstallAsync(new InstallationOptions { Encryption = new InstalledEncryption("backup-key") });

        var refusal = await Should.ThrowAsync<AeosException>(() => InstallAsync());

        refusal.Remedy.ShouldContain("--encryption-secret");
        await InstallAsync(new InstallationOptions { RequireEncryption = false });
    }

    [Fact]
    public async Task What_an_old_server_requires_stays_so_where_nothing_is_said()
    {
        var encryption = new InstalledEncryption("backup-key");
        await InstallAsync(new InstallationOptions { Encryption = encryption, RequireEncryption = false });

        var again = await InstallAsync(new InstallationOptions { Encryption = encryption });

        again.Where(item => item.Outcome != ApplyOutcome.Unchanged).ShouldBeEmpty();
    }

    [Fact]
    public async Task Credentials_of_an_earlier_installation_stay_the_servers()
    {
        await InstallAsync(new InstallationOptions { Credentials = "NAME=value"u8.ToArray() });

        var again = await InstallAsync();

        again.Where(item => item.Outcome != ApplyOutcome.Unchanged).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_is_made_once_and_never_replaced()
    {
        Seed("v1", "Namespace", "velero", null);
        using var key = WrappingKey.Generate(256);
        using var other = WrappingKey.Generate(256);

        (await KeySecret.CreateAsync(Cluster, "velero", "backup-key", key, CancellationToken.None)).ShouldBeTrue();
        (await KeySecret.CreateAsync(Cluster, "velero", "backup-key", other, CancellationToken.None)).ShouldBeFalse();

        var secret = Server.Find("v1", "Secret", "velero", "backup-key")!;
        Convert.FromBase64String((string)secret["data"]!["encryptionKey"]!).ShouldBe(key.Bytes.ToArray());
        ((string?)secret["metadata"]!["labels"]!["velero.io/exclude-from-backup"]).ShouldBe("true");
        ((string?)secret["metadata"]!["annotations"]!["aeos.io/key-name"]).ShouldBe(key.Name);
    }

    [Fact]
    public async Task A_server_is_waited_for_until_it_is_available()
    {
        await InstallAsync();
        await SayAsync(Generation());

        await AwaitReadyAsync();
    }

    [Fact]
    public async Task Only_the_newest_server_counts_and_the_wait_ends_with_the_commands_that_say_why()
    {
        await InstallAsync();
        await SayAsync(Generation());
        await InstallAsync(new InstallationOptions { Image = "registry.example/aeos:2" });

        var refusal = await Should.ThrowAsync<KubernetesTimeoutException>(AwaitReadyAsync);

        refusal.Message.ShouldContain("within 5 minutes");
        refusal.Message.ShouldContain("kubectl -n velero describe pods");
    }

    private long Generation() => (long)Server.Find("apps/v1", "Deployment", "velero", "aeos")!["metadata"]!["generation"]!;

    // As a controller of Deployments does; none runs in the embedded cluster.
    private async Task SayAsync(long observed) => await Cluster.PatchAsync(
        InstalledTypes.Deployments,
        "velero",
        "aeos",
        PatchType.Merge,
        Encoding.UTF8.GetBytes($$$"""{"status":{"observedGeneration":{{{observed}}},"replicas":1,"updatedReplicas":1,"availableReplicas":1}}"""),
        new WriteOptions { Subresource = "status" });

    private Task AwaitReadyAsync()
        => new ServerInstaller(Cluster, new InstallationOptions(), new ManualTime { JumpsToTimers = TimeSpan.FromMinutes(1) }).AwaitReadyAsync(CancellationToken.None);
}
