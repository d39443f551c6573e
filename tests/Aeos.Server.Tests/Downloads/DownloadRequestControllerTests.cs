using Aeos.ObjectStore;
using Aeos.Server.Downloads.Addresses;
using Aeos.Server.Downloads.Requests;
using Aeos.Velero.Resources;

namespace Aeos.Server.Tests.Downloads;

public sealed class DownloadRequestControllerTests : IDisposable
{
    private const string Endpoint = "https://aeos-downloads.velero.svc:8443/v1/default/bucket/";

    private static readonly byte[] Packed = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly AddressSigner _signer = new(new byte[AddressSigner.KeyLength]);

    public void Dispose() => _signer.Dispose();

    [Theory]
    [InlineData("BackupLog", "backups/one/one-logs.gz")]
    [InlineData("BackupContents", "backups/one/one.tar.gz")]
    [InlineData("BackupVolumeSnapshots", "backups/one/one-volumesnapshots.json.gz")]
    [InlineData("BackupItemOperations", "backups/one/one-itemoperations.json.gz")]
    [InlineData("BackupResourceList", "backups/one/one-resource-list.json.gz")]
    [InlineData("BackupResults", "backups/one/one-results.gz")]
    [InlineData("BackupVolumeInfos", "backups/one/one-volumeinfo.json.gz")]
    [InlineData("CSIBackupVolumeSnapshots", "backups/one/one-csi-volumesnapshots.json.gz")]
    [InlineData("CSIBackupVolumeSnapshotContents", "backups/one/one-csi-volumesnapshotcontents.json.gz")]
    [InlineData("RestoreLog", "restores/one/restore-one-logs.gz")]
    [InlineData("RestoreResults", "restores/one/restore-one-results.gz")]
    [InlineData("RestoreResourceList", "restores/one/restore-one-resource-list.json.gz")]
    [InlineData("RestoreItemOperations", "restores/one/restore-one-itemoperations.json.gz")]
    [InlineData("RestoreVolumeInfo", "restores/one/one-volumeinfo.json.gz")]
    public async Task Every_kind_gets_the_address_of_its_object_for_ten_minutes(string kind, string key)
    {
        await using var bench = await DownloadBench.StartAsync();
        await bench.AddBackupAsync(kind.StartsWith("Restore", StringComparison.Ordinal) ? "of-one" : "one");
        await bench.AddRestoreAsync("one", "of-one");
        var name = await bench.RequestAsync(kind, "one");

        await ReconcileAsync(bench, name);

        var status = (await FindAsync(bench, name))!.Status;
        status.Phase.ShouldBe("Processed");
        status.Expiration.ShouldBe("2026-01-01T00:10:00Z");
        status.DownloadUrl.ShouldNotBeNull().ShouldStartWith($"{Endpoint}{key}?expires=1767226200&signature=");
    }

    [Fact]
    public async Task What_is_not_encrypted_is_fetched_from_the_store_where_that_has_addresses()
    {
        await using var bench = await DownloadBench.StartAsync();
        await bench.AddBackupAsync("one");
        await bench.PutAsync("backups/one/one-logs.gz", Packed);

        (await UrlOfAsync(bench, "BackupLog", "one")).ShouldStartWith(Endpoint);

        bench.Wrap = static store => new StoreWithUrls(store);
        (await UrlOfAsync(bench, "BackupLog", "one")).ShouldBe("https://store.example/backups/one/one-logs.gz?for=600");
    }

    [Fact]
    public async Task What_is_encrypted_is_never_fetched_from_the_store()
    {
        await using var bench = await DownloadBench.StartAsync();
        bench.Wrap = static store => new StoreWithUrls(store);
        await bench.AddBackupAsync("one", DownloadBench.Encrypted);
        await bench.PutEncryptedAsync("backups/one/one-logs.gz", Packed);
        await bench.AddBackupAsync("two", DownloadBench.Status(EncryptionStatus.AesGcmFormat));

        // As the proposal's format can begin, once in 65,536 times.
        await bench.PutAsync("backups/two/two.tar.gz", Packed);

        (await UrlOfAsync(bench, "BackupLog", "one")).ShouldStartWith(Endpoint);
        (await UrlOfAsync(bench, "BackupContents", "two")).ShouldStartWith(Endpoint);
    }

    [Fact]
    public async Task An_archive_that_must_be_encrypted_and_is_not_is_left_to_the_endpoint_to_refuse()
    {
        await using var bench = await DownloadBench.StartAsync();
        bench.Wrap = static store => new StoreWithUrls(store);
        await bench.AddBackupAsync("one");
        await bench.PutAsync("backups/one/one.tar.gz", Packed);
        var strict = bench.Server(new ServerOptions { RequireEncryption = true });

        (await UrlOfAsync(bench, "BackupContents", "one")).ShouldStartWith("https://store.example/");
        (await UrlOfAsync(bench, "BackupContents", "one", strict)).ShouldStartWith(Endpoint);
    }

    [Fact]
    public async Task A_log_that_must_be_encrypted_and_is_not_is_left_to_the_endpoint_to_refuse()
    {
        await using var bench = await DownloadBench.StartAsync();
        bench.Wrap = static store => new StoreWithUrls(store);
        await bench.AddBackupAsync("one", DownloadBench.Encrypted);
        await bench.AddBackupAsync("all", DownloadBench.Encrypted with { Scope = EncryptionStatus.AllScope });
        await bench.PutAsync("backups/one/one-logs.gz", Packed);
        await bench.PutAsync("backups/all/all-logs.gz", Packed);

        (await UrlOfAsync(bench, "BackupLog", "one")).ShouldStartWith("https://store.example/");
        (await UrlOfAsync(bench, "BackupLog", "all")).ShouldStartWith(Endpoint);
    }

    [Fact]
    public async Task Without_an_endpoint_only_the_stores_addresses_are_given()
    {
        await using var bench = await DownloadBench.StartAsync();
        bench.Wrap = static store => new StoreWithUrls(store);
        await bench.AddBackupAsync("one", DownloadBench.Encrypted);
        await bench.PutEncryptedAsync("backups/one/one-logs.gz", Packed);
        await bench.PutAsync("backups/one/one-results.gz", Packed);
        var (log, results) = (await bench.RequestAsync("BackupLog", "one"), await bench.RequestAsync("BackupResults", "one"));
        var controller = new DownloadRequestController(bench.Server(), bench.OpenAsync, null);

        await controller.ReconcileAsync(log, default);
        await controller.ReconcileAsync(results, default);

        (await FindAsync(bench, log))!.Status.DownloadUrl.ShouldBeNull();
        (await FindAsync(bench, results))!.Status.DownloadUrl.ShouldNotBeNull().ShouldStartWith("https://store.example/");
        bench.Logger.Lines.ShouldContain(static line => line.Contains("--download-address", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_restores_objects_are_in_its_backups_location()
    {
        await using var bench = await DownloadBench.StartAsync();
        await bench.AddLocationAsync("second", "other-bucket");
        await bench.AddBackupAsync("one", location: "second");
        await bench.AddRestoreAsync("again", "one");

        (await UrlOfAsync(bench, "RestoreLog", "again")).ShouldStartWith(
            "https://aeos-downloads.velero.svc:8443/v1/second/other-bucket/restores/again/restore-again-logs.gz?");
    }

    [Theory]
    [InlineData("BackupLog", "gone", "there is no Backup \"gone\"")]
    [InlineData("RestoreLog", "gone", "there is no such Restore")]
    [InlineData("RestoreLog", "orphan", "there is no Backup \"gone\"")]
    [InlineData("BackupLog", "lost", "there is no BackupStorageLocation \"nowhere\"")]
    public async Task What_leads_nowhere_gets_no_address_and_is_deleted_in_ten_minutes(string kind, string target, string reason)
    {
        await using var bench = await DownloadBench.StartAsync();
        await bench.AddRestoreAsync("orphan", "gone");
        await bench.AddBackupAsync("lost", location: "nowhere");
        var name = await bench.RequestAsync(kind, target);

        await ReconcileAsync(bench, name);

        var status = (await FindAsync(bench, name))!.Status;
        (status.DownloadUrl, status.Expiration).ShouldBe((null, "2026-01-01T00:10:00Z"));
        bench.Logger.Lines.ShouldContain(line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal));

        // Looked at again, it does not live longer.
        bench.Time.Advance(TimeSpan.FromMinutes(5));
        await ReconcileAsync(bench, name);
        bench.Time.Advance(TimeSpan.FromMinutes(5.1));
        await ReconcileAsync(bench, name);
        (await FindAsync(bench, name)).ShouldBeNull();
    }

    [Fact]
    public async Task An_answered_request_stays_as_it_is_until_it_expires_and_goes_then()
    {
        await using var bench = await DownloadBench.StartAsync();
        await bench.AddBackupAsync("one");
        var name = await bench.RequestAsync("BackupLog", "one");
        var again = await ReconcileAsync(bench, name);
        var answered = (await FindAsync(bench, name))!;
        again.ShouldNotBeNull();

        bench.Time.Advance(TimeSpan.FromMinutes(10));
        await ReconcileAsync(bench, name);
        (await FindAsync(bench, name))!.Metadata.ResourceVersion.ShouldBe(answered.Metadata.ResourceVersion);

        bench.Time.Advance(again.Value - TimeSpan.FromMinutes(10));
        (await ReconcileAsync(bench, name)).ShouldBeNull();
        (await FindAsync(bench, name)).ShouldBeNull();
    }

    [Fact]
    public async Task A_store_that_is_away_is_asked_again_until_the_request_expires()
    {
        await using var bench = await DownloadBench.StartAsync();
        await bench.AddBackupAsync("one");
        await bench.PutAsync("backups/one/one-logs.gz", Packed);
        var name = await bench.RequestAsync("BackupLog", "one");

        bench.Wrap = static store => new StoreWithUrls(store, isAway: true);
        await Should.ThrowAsync<ObjectStoreException>(() => ReconcileAsync(bench, name));
        (await FindAsync(bench, name))!.Status.Expiration.ShouldBe("2026-01-01T00:10:00Z");

        bench.Wrap = static store => new StoreWithUrls(store);
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        await ReconcileAsync(bench, name);
        (await FindAsync(bench, name))!.Status.Expiration.ShouldBe("2026-01-01T00:11:00Z");
    }

    [Fact]
    public async Task A_location_that_cannot_be_opened_is_named_in_the_log()
    {
        await using var bench = await DownloadBench.StartAsync();
        var server = bench.Server();
        var location = (await server.BackupStorageLocations.TryGetAsync("default", default))!;
        await server.BackupStorageLocations.PatchAsync(location, location with { Spec = location.Spec with { Provider = "nobody.io/store" } }, default);
        await bench.AddBackupAsync("one");
        var name = await bench.RequestAsync("BackupLog", "one");

        await ReconcileAsync(bench, name);

        (await FindAsync(bench, name))!.Status.DownloadUrl.ShouldBeNull();
        bench.Logger.Lines.ShouldContain(static line => line.Contains("nobody.io/store", StringComparison.Ordinal));
    }

    private Task<TimeSpan?> ReconcileAsync(DownloadBench bench, string name, ServerContext? server = null) => new DownloadRequestController(
        server ?? bench.Server(), bench.OpenAsync, new SignedAddresses(_signer, new Uri("https://aeos-downloads.velero.svc:8443"), bench.Time)).ReconcileAsync(name, default);

    private static Task<DownloadRequestDocument?> FindAsync(DownloadBench bench, string name) => bench.Server().DownloadRequests.TryGetAsync(name, default);

    private async Task<string> UrlOfAsync(DownloadBench bench, string kind, string target, ServerContext? server = null)
    {
        var name = await bench.RequestAsync(kind, target);
        await ReconcileAsync(bench, name, server);
        return (await FindAsync(bench, name))!.Status.DownloadUrl.ShouldNotBeNull();
    }
}
