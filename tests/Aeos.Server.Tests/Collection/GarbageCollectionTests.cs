using Aeos.Server.Collection;
using Aeos.Server.Deletion;
using Aeos.Velero.Resources;

namespace Aeos.Server.Tests.Collection;

public sealed class GarbageCollectionTests : IAsyncLifetime
{
    private ControllerBench _bench = null!;
    private GarbageCollectionController _collector = null!;

    public async Task InitializeAsync()
    {
        _bench = await ControllerBench.StartAsync();
        _collector = new GarbageCollectionController(_bench.Server);
    }

    public Task DisposeAsync() => _bench.DisposeAsync().AsTask();

    [Fact]
    public async Task The_deletion_of_an_expired_backup_is_asked_for_once()
    {
        await AddLocationAsync(BackupStorageLocationPhase.Available);
        var backup = await AddBackupAsync(TimeSpan.FromHours(1));

        await _collector.ReconcileAsync("nightly-1", default);
        (await RequestsAsync()).ShouldBeEmpty();
        _bench.Time.Advance(TimeSpan.FromHours(1));
        await _collector.ReconcileAsync("nightly-1", default);
        await _collector.ReconcileAsync("nightly-1", default);

        var request = (await RequestsAsync()).Single();
        request.Spec.BackupName.ShouldBe("nightly-1");
        request.Metadata.Name.ShouldStartWith("nightly-1-");
        request.Metadata.Labels![DeletionRequests.NameLabel].ShouldBe("nightly-1");
        request.Metadata.Labels[DeletionRequests.UidLabel].ShouldBe(backup.Metadata.Uid);
    }

    [Fact]
    public async Task It_is_asked_for_again_when_the_last_time_has_failed()
    {
        await AddLocationAsync(BackupStorageLocationPhase.Available);
        await AddBackupAsync(TimeSpan.Zero);
        await _collector.ReconcileAsync("nightly-1", default);
        var first = (await RequestsAsync()).Single();
        await _bench.Server.DeleteBackupRequests.PatchAsync(
            first, first with { Status = new DeleteBackupRequestStatus { Phase = DeleteBackupRequestPhase.Processed, Errors = ["away"] } }, default);

        await _collector.ReconcileAsync("nightly-1", default);

        (await RequestsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_label_says_why_an_expired_backup_stays_and_goes_with_the_reason()
    {
        await AddBackupAsync(TimeSpan.Zero);

        await _collector.ReconcileAsync("nightly-1", default);
        (await LabelAsync()).ShouldBe("BSLNotFound");
        var location = await AddLocationAsync(BackupStorageLocationPhase.Available, "ReadOnly");
        await _collector.ReconcileAsync("nightly-1", default);
        (await LabelAsync()).ShouldBe("BSLReadOnly");
        (await RequestsAsync()).ShouldBeEmpty();
        await _bench.Server.BackupStorageLocations.PatchAsync(location, location with { Spec = location.Spec with { AccessMode = "ReadWrite" } }, default);
        await _collector.ReconcileAsync("nightly-1", default);

        (await LabelAsync()).ShouldBeNull();
        (await RequestsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_location_that_is_away_is_looked_at_again()
    {
        await AddLocationAsync(BackupStorageLocationPhase.Unavailable);
        await AddBackupAsync(TimeSpan.Zero);

        (await _collector.ReconcileAsync("nightly-1", default)).ShouldBe(TimeSpan.FromMinutes(1));

        (await RequestsAsync()).ShouldBeEmpty();
    }

    private Task<BackupStorageLocationDocument> AddLocationAsync(string phase, string? accessMode = null) => _bench.Server.BackupStorageLocations.CreateAsync(
        new BackupStorageLocationDocument
        {
            Metadata = new DocumentMetadata { Name = "default" },
            Spec = new BackupStorageLocationSpec { Provider = "aeos.io/filesystem", ObjectStorage = new ObjectStorageLocation { Bucket = "bucket" }, AccessMode = accessMode },
            Status = new BackupStorageLocationStatus { Phase = phase },
        },
        default);

    private async Task<BackupDocument> AddBackupAsync(TimeSpan left)
    {
        var backup = await _bench.Server.Backups.CreateAsync(
            new BackupDocument
            {
                Metadata = new DocumentMetadata { Name = "nightly-1" },
                Spec = new BackupSpec { StorageLocation = "default" },
                Status = new BackupStatus { Phase = BackupPhase.Completed, Expiration = TimestampText.Format(_bench.Time.GetUtcNow() + left) },
            },
            default);
        _bench.Server.BackupInformer.Note(backup);
        return backup;
    }

    private async Task<string?> LabelAsync()
        => (await _bench.Server.Backups.TryGetAsync("nightly-1", default))!.Metadata.Labels?.GetValueOrDefault(GarbageCollectionController.FailureLabel);

    private async Task<List<DeleteBackupRequestDocument>> RequestsAsync()
    {
        var all = new List<DeleteBackupRequestDocument>();
        await foreach (var request in _bench.Server.DeleteBackupRequests.ListAsync(null, default))
        {
            all.Add(request);
        }

        return all;
    }
}
