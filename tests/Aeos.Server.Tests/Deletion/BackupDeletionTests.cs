using System.Globalization;
using Aeos.Embedded;
using Aeos.Server.Backups;
using Aeos.Server.Locations;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Server.Tests.Deletion;

public sealed class BackupDeletionTests : IAsyncLifetime
{
    private static readonly ServerOptions Plain = new()
    {
        MetricsAddress = "",
        DownloadAddress = "",
        LeaderElection = false,
        BackupSyncPeriod = TimeSpan.Zero,
        DisabledControllers = new HashSet<string> { LocationController.Name },
    };

    private ServerBench _bench = null!;
    private RunningServer _server = null!;

    private ResourceClient<DeleteBackupRequestDocument> Requests => _bench.Of(VeleroTypes.DeleteBackupRequests);

    public async Task InitializeAsync()
    {
        _bench = await ServerBench.StartAsync();
        await _bench.AddLocationAsync();
        _bench.AddConfigMaps("shop", 3);
        _server = await _bench.ServeAsync(Plain);
        await _bench.BackUpAsync("nightly-1", "shop");
    }

    public Task DisposeAsync() => _bench.DisposeAsync().AsTask();

    [Fact]
    public async Task A_backup_goes_with_its_objects_its_restores_and_the_requests_about_it()
    {
        await _bench.BackUpAsync("nightly-2", "shop");
        foreach (var (name, backup) in (IEnumerable<(string, string)>)[("back-1", "nightly-1"), ("back-2", "nightly-2")])
        {
            await _bench.AskToRestoreAsync(name, new RestoreSpec { BackupName = backup, NamespaceMapping = new Dictionary<string, string> { ["shop"] = name } });
            await _bench.EndOfRestoreAsync(name);
        }

        await AskAsync("first", "nightly-1");

        await GoneAsync("nightly-1");
        _bench.Keys("backups/nightly-1/").ShouldBeEmpty();
        _bench.Keys("restores/back-1/").ShouldBeEmpty();
        (await _bench.Restores.TryGetAsync("back-1", default)).ShouldBeNull();
        (await _bench.Restores.TryGetAsync("back-2", default)).ShouldNotBeNull();
        _bench.Keys("restores/back-2/").ShouldNotBeEmpty();
        _bench.Keys("backups/nightly-2/").ShouldNotBeEmpty();
        await Eventually.GoesAsync(() => Requests.TryGetAsync("first", default), "the request");
    }

    [Theory]
    [InlineData("exchanged")]
    [InlineData("gone")]
    public async Task A_backup_whose_archive_nobody_can_read_is_deleted_all_the_same(string state)
    {
        if (state == "gone")
        {
            Directory.Delete(Path.Combine(_bench.Bucket, "backups/nightly-1"), recursive: true);
        }
        else
        {
            File.WriteAllBytes(Path.Combine(_bench.Bucket, "backups/nightly-1/nightly-1.tar.gz"), [2, 4, 0x78, 1, 2, 3]);
        }

        await AskAsync("first", "nightly-1");

        await GoneAsync("nightly-1");
        _bench.Keys("backups/nightly-1/").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_backup_that_failed_since_its_name_is_taken_in_the_bucket_takes_nothing_of_the_other_away()
    {
        var first = (await _bench.Backups.TryGetAsync("nightly-1", default))!;
        await _bench.Backups.DeleteAsync("nightly-1", default);
        var objects = _bench.Keys("backups/nightly-1/");
        await _bench.AskAsync("nightly-1", new BackupSpec { IncludedNamespaces = ["shop"] });
        var second = await _bench.EndOfBackupAsync("nightly-1");
        (second.Status.Phase, second.Metadata.Uid == first.Metadata.Uid).ShouldBe((BackupPhase.Failed, false));
        var started = DateTimeOffset.Parse(second.Status.StartTimestamp!, CultureInfo.InvariantCulture).AddSeconds(1);
        await _bench.Backups.PatchAsync(second, second with { Status = second.Status with { StartTimestamp = TimestampText.Format(started) } }, default);

        await AskAsync("away", "nightly-1");

        // Its resource goes, and the one from the bucket may take its place.
        await Eventually.BecomesAsync(async () => (await _bench.Backups.TryGetAsync("nightly-1", default))?.Metadata.Uid ?? "", uid => uid != second.Metadata.Uid, "the deletion");
        _bench.Keys("backups/nightly-1/").ShouldBe(objects);
    }

    [Fact]
    public async Task A_backup_from_the_bucket_goes_with_its_objects()
    {
        var first = (await _bench.Backups.TryGetAsync("nightly-1", default))!;
        await _bench.Backups.DeleteAsync("nightly-1", default);
        var synced = await _bench.Backups.CreateAsync(first with { Metadata = new DocumentMetadata { Name = "nightly-1" } }, default);
        synced.Metadata.Uid.ShouldNotBe(first.Metadata.Uid);

        await AskAsync("first", "nightly-1");

        await GoneAsync("nightly-1");
        _bench.Keys("backups/nightly-1/").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_backup_that_failed_before_it_was_begun_can_be_deleted()
    {
        await _bench.AskAsync("keyless", new BackupSpec { Encryption = new BackupEncryptionSpec { SecretName = "no-such" } });
        (await _bench.EndOfBackupAsync("keyless")).Status.Phase.ShouldBe(BackupPhase.Failed);

        await AskAsync("first", "keyless");

        await GoneAsync("keyless");
    }

    [Fact]
    public async Task A_backup_that_waits_and_names_no_location_yet_can_be_deleted()
    {
        await _server.StopAsync();
        await _bench.ServeAsync(Plain with { DisabledControllers = new HashSet<string> { BackupController.Name, LocationController.Name } });
        await _bench.AskAsync("waiting");
        await Eventually.BecomesAsync(async () => (await _bench.Backups.TryGetAsync("waiting", default))!.Status.Phase ?? "", static phase => phase == BackupPhase.ReadyToStart, "its turn");

        await AskAsync("first", "waiting");

        await GoneAsync("waiting");
    }

    [Fact]
    public async Task What_cannot_be_deleted_is_said_in_Veleros_words()
    {
        // Or what claims to be InProgress would be ended.
        await _server.StopAsync();
        await _bench.ServeAsync(Plain with { DisabledControllers = new HashSet<string> { BackupController.Name, LocationController.Name } });
        (await ErrorsOfAsync("nameless", "")).ShouldBe(["spec.backupName is required"]);
        (await ErrorsOfAsync("missing", "gone")).ShouldBe(["backup not found"]);
        (await ErrorsOfAsync("impossible", "a/b")).ShouldBe(["backup not found"]);

        var backup = (await _bench.Backups.TryGetAsync("nightly-1", default))!;
        var running = await _bench.Backups.PatchAsync(backup, backup with { Status = backup.Status with { Phase = BackupPhase.InProgress } }, default);
        (await ErrorsOfAsync("running", "nightly-1")).ShouldBe(["backup is still in progress"]);
        await _bench.Backups.PatchAsync(running, running with { Status = running.Status with { Phase = BackupPhase.Completed } }, default);

        var location = (await _bench.Locations.TryGetAsync("default", default))!;
        var closed = await _bench.Locations.PatchAsync(location, location with { Spec = location.Spec with { AccessMode = "ReadOnly" } }, default);
        (await ErrorsOfAsync("closed", "nightly-1")).ShouldBe(["cannot delete backup because backup storage location default is currently in read-only mode"]);
        var away = closed with { Spec = closed.Spec with { AccessMode = null }, Status = closed.Status with { Phase = BackupStorageLocationPhase.Unavailable } };
        await _bench.Locations.PatchAsync(closed, away, default);
        (await ErrorsOfAsync("away", "nightly-1")).ShouldBe(["cannot delete backup because backup storage location default is currently in Unavailable state"]);
        await _bench.Locations.DeleteAsync("default", default);
        (await ErrorsOfAsync("nowhere", "nightly-1")).ShouldBe(["backup storage location default not found"]);
        _bench.Keys("backups/nightly-1/").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_bucket_that_is_away_keeps_the_Backup_and_another_request_deletes_it_later()
    {
        Directory.Move(_bench.Bucket, _bench.Bucket + "-away");
        (await ErrorsOfAsync("first", "nightly-1")).Single().ShouldContain("bucket");
        (await _bench.Backups.TryGetAsync("nightly-1", default))!.Status.Phase.ShouldBe(BackupPhase.Deleting);
        Directory.Move(_bench.Bucket + "-away", _bench.Bucket);

        await AskAsync("second", "nightly-1");

        await GoneAsync("nightly-1");
        _bench.Keys("backups/nightly-1/").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deletion_that_a_server_left_half_done_is_ended_by_the_next()
    {
        var backup = (await _bench.Backups.TryGetAsync("nightly-1", default))!;
        await _bench.Backups.PatchAsync(backup, backup with { Status = backup.Status with { Phase = BackupPhase.Deleting } }, default);
        File.Delete(Path.Combine(_bench.Bucket, "backups/nightly-1/nightly-1.tar.gz"));

        await AskAsync("left", "nightly-1", DeleteBackupRequestPhase.InProgress);

        await GoneAsync("nightly-1");
        _bench.Keys("backups/nightly-1/").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deletion_goes_on_once_the_API_server_is_back()
    {
        var refused = 0;
        _bench.Cluster.BeforeRequest = request => request.Method == "DELETE" && request.Path.EndsWith("/backups/nightly-1", StringComparison.Ordinal) && refused++ < 2
            ? Fault.Answer(500, "InternalError", "etcdserver: no leader")
            : null;

        await AskAsync("first", "nightly-1");

        await GoneAsync("nightly-1");
        refused.ShouldBeGreaterThan(2);
        await Eventually.GoesAsync(() => Requests.TryGetAsync("first", default), "the request");
    }

    [Theory]
    [InlineData(BackupPhase.Queued)]
    [InlineData(BackupPhase.Failed)]
    public async Task A_backup_that_was_never_begun_goes_whatever_its_location_is(string phase)
    {
        // Nobody begins it.
        await _server.StopAsync();
        await _bench.ServeAsync(Plain with { DisabledControllers = new HashSet<string> { BackupQueueController.Name, BackupController.Name, LocationController.Name } });
        var waiting = await _bench.AskAsync("waiting");
        await _bench.Backups.PatchAsync(waiting, waiting with { Status = waiting.Status with { Phase = phase } }, default);
        Directory.Move(_bench.Bucket, _bench.Bucket + "-away");

        await AskAsync("first", "waiting");

        await GoneAsync("waiting");
        await Eventually.GoesAsync(() => Requests.TryGetAsync("first", default), "the request");
        Directory.Move(_bench.Bucket + "-away", _bench.Bucket);
    }

    private Task<DeleteBackupRequestDocument> AskAsync(string name, string backup, string? phase = null) => Requests.CreateAsync(
        new DeleteBackupRequestDocument
        {
            Metadata = new DocumentMetadata { Name = name, Namespace = ServerBench.Namespace },
            Spec = new DeleteBackupRequestSpec { BackupName = backup },
            Status = new DeleteBackupRequestStatus { Phase = phase },
        },
        default);

    private async Task<IReadOnlyList<string>> ErrorsOfAsync(string name, string backup)
    {
        await AskAsync(name, backup);
        var done = await Eventually.BecomesAsync(
            () => Requests.TryGetAsync(name, default), static found => found?.Status.Phase == DeleteBackupRequestPhase.Processed, $"the request {name} to be processed");
        return done!.Status.Errors!;
    }

    private Task GoneAsync(string backup) => Eventually.GoesAsync(() => _bench.Backups.TryGetAsync(backup, default), "the Backup");
}
