using Aeos.Cluster.Tests.Running;
using Aeos.Kubernetes.Requests;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Restores;

public class ExistingObjectTests
{
    [Theory]
    [InlineData("none", "changed")]
    [InlineData("update", "original")]
    public async Task What_is_there_and_differs_is_left_with_a_warning_or_updated(string policy, string expected)
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await room.CreateNamespaceAsync("shop");
        await room.CreateConfigMapAsync(shop, "same");
        await room.CreateConfigMapAsync(shop, "differs", "original");
        await bucket.BackUpAsync("nightly", new BackupSpec { IncludedNamespaces = [shop], IncludedResources = ["configmaps"] });
        await room.Client.PatchAsync(WellKnownResources.ConfigMaps, shop, "differs", PatchType.Merge, """{"data":{"k":"changed"}}"""u8.ToArray());

        var outcome = await bucket.RestoreCleanlyAsync(new RestoreSpec { BackupName = "nightly", ExistingResourcePolicy = policy });

        var differs = await room.GetAsync("v1", "ConfigMap", shop, "differs");
        $"{differs.At("data", "k")}".ShouldBe(expected);
        var warnings = Bucket.Messages(outcome.Warnings);
        if (policy == "none")
        {
            warnings.ShouldHaveSingleItem().ShouldContain("ConfigMap \"differs\" already exists");
        }
        else
        {
            warnings.ShouldBeEmpty();
            $"{differs.At("metadata", "labels", "velero.io/backup-name")}".ShouldBe("nightly");
        }
    }

    [Fact]
    public async Task A_service_that_is_there_is_no_error_whatever_ports_it_holds()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await room.CreateNamespaceAsync("shop");
        await room.CreateAsync($$$"""{"apiVersion":"v1","kind":"Service","metadata":{"name":"web","namespace":"{{{shop}}}"},"spec":{"type":"NodePort","ports":[{"name":"http","port":80}]}}""");
        await bucket.BackUpAsync("nightly", new BackupSpec { IncludedNamespaces = [shop], IncludedResources = ["services"] });

        foreach (var (name, preserve) in new[] { ("a", false), ("b", true) })
        {
            await bucket.RestoreCleanlyAsync(new RestoreSpec { BackupName = "nightly", PreserveNodePorts = preserve }, name);
        }
    }

    [Fact]
    public async Task The_default_service_account_keeps_what_it_has_and_gets_what_it_had()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await room.CreateNamespaceAsync("shop");
        var accounts = await room.TypeAsync("v1", "ServiceAccount");
        await room.Client.PatchAsync(
            accounts, shop, "default", PatchType.Merge, """{"metadata":{"labels":{"old":"l"}},"imagePullSecrets":[{"name":"registry"}]}"""u8.ToArray());
        await bucket.BackUpAsync("nightly", shop);
        await room.DeleteNamespaceAsync(shop);
        await room.CreateNamespaceAsync("shop");
        await room.Client.PatchAsync(accounts, shop, "default", PatchType.Merge, """{"metadata":{"labels":{"new":"m"}},"imagePullSecrets":[{"name":"other"}]}"""u8.ToArray());

        var outcome = await bucket.RestoreCleanlyAsync("nightly");

        // Of the config maps that the cluster makes by itself it warns, as Velero does: their managedFields are of another time.
        Bucket.Messages(outcome.Warnings).ShouldAllBe(static message => message.Contains("-ca.crt already exists", StringComparison.Ordinal));
        var account = await room.GetAsync("v1", "ServiceAccount", shop, "default");
        account["imagePullSecrets"]!.AsArray().Select(static one => $"{one.At("name")}").ShouldBe(["other", "registry"], ignoreOrder: true);
        $"{account.At("metadata", "labels", "old")}{account.At("metadata", "labels", "new")}".ShouldBe("lm");
    }

    [Fact]
    public async Task Who_owns_which_field_comes_back_and_a_restore_run_again_finds_nothing_to_warn_of()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await room.CreateNamespaceAsync("shop");
        await room.CreateConfigMapAsync(shop, "written");
        await room.Client.PatchAsync(
            WellKnownResources.ConfigMaps,
            shop,
            "applied",
            PatchType.Apply,
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"applied","labels":{"a":"b"}},"data":{"k":"v"}}"""u8.ToArray(),
            new WriteOptions { FieldManager = "deployer" });
        var before = await OwnersAsync("written");
        await bucket.BackUpAsync("nightly", shop);
        await room.DeleteNamespaceAsync(shop);

        await bucket.RestoreCleanlyAsync("nightly");
        var again = await bucket.RestoreCleanlyAsync("nightly", "once-more");

        (await OwnersAsync("applied")).ShouldBe(["deployer Apply"]);
        (await OwnersAsync("written")).ShouldBe(before);
        Bucket.Messages(again.Warnings).ShouldNotContain(static message => message.Contains("written", StringComparison.Ordinal) || message.Contains("applied", StringComparison.Ordinal));

        async Task<List<string>> OwnersAsync(string name) =>
            [.. (await room.GetAsync("v1", "ConfigMap", shop, name)).At("metadata", "managedFields")!.AsArray().Select(static entry => $"{entry.At("manager")} {entry.At("operation")}")];
    }
}
