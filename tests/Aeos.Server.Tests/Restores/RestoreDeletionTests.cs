using Aeos.Velero.Resources;

namespace Aeos.Server.Tests.Restores;

public sealed class RestoreDeletionTests : IAsyncLifetime
{
    private static readonly ServerOptions Plain = new() { MetricsAddress = "", DownloadAddress = "", LeaderElection = false };

    private ServerBench _bench = null!;

    public async Task InitializeAsync()
    {
        _bench = await ServerBench.StartAsync();
        await _bench.AddLocationAsync();
        _bench.AddConfigMaps("shop", 3);
    }

    public Task DisposeAsync() => _bench.DisposeAsync().AsTask();

    [Fact]
    public async Task A_deleted_Restore_takes_its_objects_with_it_and_leaves_the_backup()
    {
        await RestoreAsync(Plain);

        await _bench.Restores.DeleteAsync("back", default);

        await GoneAsync();
        _bench.Keys("restores/").ShouldBeEmpty();
        _bench.Keys("backups/nightly-1/").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_Restore_can_be_deleted_though_its_location_is_gone()
    {
        await RestoreAsync(Plain);
        await _bench.Locations.DeleteAsync("default", default);

        await _bench.Restores.DeleteAsync("back", default);

        await GoneAsync();
    }

    [Fact]
    public async Task A_Restore_can_be_deleted_though_its_bucket_is_gone_for_good()
    {
        await RestoreAsync(Plain with { ResourceTimeout = TimeSpan.Zero });
        Directory.Delete(_bench.Bucket, recursive: true);

        await _bench.Restores.DeleteAsync("back", default);

        await GoneAsync();
        Directory.CreateDirectory(_bench.Bucket);
    }

    [Fact]
    public async Task Objects_go_once_the_bucket_is_back()
    {
        await RestoreAsync(Plain);
        Directory.Move(_bench.Bucket, _bench.Bucket + "-away");
        await _bench.Restores.DeleteAsync("back", default);
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        (await _bench.Restores.TryGetAsync("back", default)).ShouldNotBeNull();

        Directory.Move(_bench.Bucket + "-away", _bench.Bucket);

        await GoneAsync();
        _bench.Keys("restores/").ShouldBeEmpty();
    }

    [Fact]
    public async Task Records_of_another_clusters_restore_of_the_same_name_stay()
    {
        await RestoreAsync(Plain);
        var path = Path.Combine(_bench.Bucket, "restores/back/velero-restore.json");
        var record = RestoreDocument.Parse(File.ReadAllBytes(path), "record");
        File.WriteAllBytes(path, (record with { Metadata = record.Metadata with { Uid = "another" } }).ToJson());

        await _bench.Restores.DeleteAsync("back", default);

        await GoneAsync();
        _bench.Keys("restores/back/").ShouldNotBeEmpty();
    }

    private async Task RestoreAsync(ServerOptions options)
    {
        await _bench.ServeAsync(options);
        await _bench.BackUpAsync("nightly-1", "shop");
        await _bench.AskToRestoreAsync("back", new RestoreSpec { BackupName = "nightly-1", NamespaceMapping = new Dictionary<string, string> { ["shop"] = "shop-2" } });
        (await _bench.EndOfRestoreAsync("back")).Status.Phase.ShouldBe(RestorePhase.Completed);
    }

    private Task GoneAsync() => Eventually.GoesAsync(() => _bench.Restores.TryGetAsync("back", default), "the Restore");
}
