using System.Text.Json.Nodes;
using Aeos.Backup.Restores;
using Aeos.Backup.Restores.Applying;
using Aeos.Backup.Restores.Reporting;
using Aeos.Embedded;
using Aeos.Encryption.Keys;
using Aeos.ObjectStore.Encrypted;
using Aeos.Velero.Layout;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aeos.Backup.Tests.Restores.Records;

/// <summary>What a restore leaves in the bucket, however it ended.</summary>
public class RecordTests
{
    private static readonly RestoreKeys Keys = new("again");

    private static byte[] Archive { get; } = new VeleroArchive()
        .AddItem("namespaces", Manifests.Namespace("shop"))
        .AddItem("configmaps", Manifests.ConfigMap("new"))
        .AddItem("configmaps", Manifests.ConfigMap("same"))
        .AddItem("configmaps", Manifests.ConfigMap("other"))
        .AddItem("secrets", """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"shop"}}""")
        .ToBytes();

    [Fact]
    public async Task The_resource_list_says_of_each_object_what_became_of_it_in_Veleros_form()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed(Manifests.Namespace("shop"));
        bench.Cluster.Seed(Manifests.ConfigMap("same"));
        bench.Cluster.Seed(Manifests.ConfigMap("other", value: "red"));
        await bench.PutBackupAsync(Archive);

        await bench.RestoreAsync();

        (await bench.ReadTextAsync(Keys.ResourceList)).ShouldBe("""{"v1/ConfigMap":["shop/new(created)","shop/other(failed)","shop/same(skipped)"],"v1/Secret":["shop/s(created)"]}""");
        (await bench.ReadTextAsync(Keys.Results)).ShouldStartWith("""{"errors":{},"warnings":{"namespaces":{"shop":["could not restore, ConfigMap:other already exists""");
        (await bench.ReadTextAsync(Keys.ItemOperations)).ShouldBe("[]");
        (await bench.ReadTextAsync(Keys.VolumeInfo)).ShouldBe("[]");
        var restore = await ReadDocumentAsync(bench);
        ((string?)restore["kind"]).ShouldBe("Restore");
        ((string?)restore["spec"]!["backupName"]).ShouldBe("nightly");
        ((int)restore["status"]!["progress"]!["itemsRestored"]!).ShouldBe(4);
        ((int)restore["status"]!["warnings"]!).ShouldBe(1);
    }

    [Fact]
    public async Task A_cancelled_restore_says_so_and_what_was_applied()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Archive);
        bench.Fault = request =>
        {
            if (request.Method == "POST" && request.Path.EndsWith("/configmaps", StringComparison.Ordinal))
            {
                bench.Cancel.Cancel();
            }

            return null;
        };

        await Should.ThrowAsync<OperationCanceledException>(() => bench.RestoreAsync());

        var restore = await ReadDocumentAsync(bench);
        ((string?)restore["status"]!["phase"]).ShouldBe("Failed");
        ((string?)restore["status"]!["failureReason"]).ShouldBe("the restore was cancelled");
        (await bench.ReadTextAsync(Keys.ResourceList)).ShouldContain("shop/s(created)");
        (await bench.ReadTextAsync(Keys.Logs)).ShouldContain("restore failed: the restore was cancelled");
    }

    [Fact]
    public async Task A_restore_that_is_cancelled_before_anything_is_applied_leaves_nothing()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Archive);
        await bench.Cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => bench.RestoreAsync());

        (await bench.Location.Store.ExistsAsync(Keys.Logs, default)).ShouldBeFalse();
        (await bench.Location.Store.ExistsAsync(Keys.Document, default)).ShouldBeFalse();
        bench.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cluster_that_goes_away_for_good_ends_the_restore_and_its_records_say_so()
    {
        await using var bench = await RestoreBench.StartAsync(maxRetries: 0);
        await bench.PutBackupAsync(Archive);
        var isAway = false;
        bench.Fault = request =>
        {
            isAway |= request.Method == "POST" && request.Path.EndsWith("/configmaps", StringComparison.Ordinal);
            return isAway ? Fault.Cut(0) : null;
        };

        var failure = await Should.ThrowAsync<ClusterLostException>(() => bench.RestoreAsync(RestoreBench.Options with { ClusterTimeout = TimeSpan.Zero }));

        failure.Cause.ShouldContain("the cluster went away in the middle of the restore");
        var restore = await ReadDocumentAsync(bench);
        ((string?)restore["status"]!["phase"]).ShouldBe("Failed");
        (await bench.ReadTextAsync(Keys.ResourceList)).ShouldContain("shop/s(created)");
        (await bench.ReadTextAsync(Keys.Results)).ShouldContain("the cluster went away");
    }

    [Theory]
    [InlineData("results", int.MaxValue)]
    [InlineData("results", 0)]
    [InlineData("resource-list", 0)]
    [InlineData("itemoperations", 0)]
    public async Task A_store_that_fails_at_the_end_is_told_with_what_was_applied(string record, int takes)
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Archive);
        bench.Companions = new BreakingStore(bench.Location.Store, key => key.Contains(record, StringComparison.Ordinal), takes);

        var failure = await Should.ThrowAsync<RestoreUnrecordedException>(() => bench.RestoreAsync());

        failure.Cause.ShouldContain("5 created, 0 updated");
        failure.Cause.ShouldContain("the bucket is full");
        failure.Outcome.Items.Find("v1", "ConfigMap", "shop", "new").ShouldBe(ItemAction.Created);
        (await bench.Location.Store.ExistsAsync(Keys.Document, default)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(0)]
    public async Task A_log_that_the_store_does_not_take_is_an_error_and_all_is_applied(int takes)
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Archive);
        bench.Companions = new BreakingStore(bench.Location.Store, static key => key == Keys.Logs, takes);

        var (document, outcome) = await bench.RestoreAsync();

        document.Status.Phase.ShouldBe("PartiallyFailed");
        outcome.Errors.Velero.Single().ShouldStartWith("error uploading log file to backup storage: the bucket is full");
        bench.Cluster.Find("v1", "ConfigMap", "shop", "new").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_store_that_takes_no_more_of_the_log_does_not_end_the_restore_in_the_middle()
    {
        await using var bench = await RestoreBench.StartAsync();
        var archive = new VeleroArchive();
        for (var i = 0; i < 1000; i++)
        {
            // Names that gzip cannot shrink, so that the log reaches the store while the restore goes on.
            archive.AddItem("configmaps", Manifests.ConfigMap($"{Guid.NewGuid():N}"));
        }

        await bench.PutBackupAsync(archive.ToBytes());
        bench.Companions = new BreakingStore(bench.Location.Store, static key => key == Keys.Logs, takes: 0);

        var (_, outcome) = await bench.RestoreAsync();

        outcome.Items.CountOf(ItemAction.Created).ShouldBe(1001);
        outcome.Errors.Velero.Single().ShouldContain("the bucket is full");
    }

    [Fact]
    public async Task With_scope_all_everything_but_the_Restore_is_encrypted_and_readable_with_the_key()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Archive);
        using var keyring = new Keyring([WrappingKey.FromBytes(bench.Key.Bytes)]);
        bench.Companions = new EncryptedObjectStore(bench.Location.Store, keyring, EncryptionScope.All, null, allowPlaintext: true, NullLogger.Instance);

        await bench.RestoreAsync();

        foreach (var key in (string[])[Keys.Logs, Keys.Results, Keys.ResourceList, Keys.ItemOperations, Keys.VolumeInfo])
        {
            var start = new byte[3];
            await using (var content = await bench.Location.Store.OpenReadAsync(key, default))
            {
                await content.ReadExactlyAsync(start);
            }

            start.ShouldBe([2, 4, 0x78], key);
            (await bench.Reader().ReadCompanionAsync(key, null, default)).Length.ShouldBeGreaterThan(0);
        }

        ((string?)(await ReadDocumentAsync(bench))["status"]!["phase"]).ShouldBe("Completed");
    }

    private static async Task<JsonNode> ReadDocumentAsync(RestoreBench bench)
    {
        await using var content = await bench.Location.Store.OpenReadAsync(Keys.Document, default);
        return (await JsonNode.ParseAsync(content))!;
    }
}
