using Aeos.Encryption;
using Aeos.Server.Metrics;
using Aeos.Velero.Resources;

namespace Aeos.Server.Tests.Metrics;

public sealed class ResourceTotalsTests : IAsyncLifetime
{
    private ControllerBench _bench = null!;

    public async Task InitializeAsync() => _bench = await ControllerBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task What_is_written_encrypted_is_counted_once_it_is_in_the_bucket()
    {
        await WriteAsync("backups/a/a-logs.gz", [0x02, 0x04], [0x78, 1, 2, 3]);
        await WriteAsync("backups/a/velero-backup.json", [(byte)'{', (byte)'}']);
        await WriteAsync("backups/a/given-up", commit: false, [0x02, 0x04, 0x78]);

        _bench.MetricLines().ShouldContain("aeos_encrypted_bytes_total{backup_location_name=\"default\"} 6");
    }

    [Fact]
    public async Task The_size_of_an_archive_is_its_schedules()
    {
        _bench.Server.BackupInformer.Note(Backup("nightly-1", "nightly"));

        await WriteAsync("backups/nightly-1/nightly-1.tar.gz", [1, 2, 3, 4, 5]);
        await WriteAsync("backups/nightly-1/nightly-1-logs.gz", [1]);

        _bench.MetricLines().ShouldContain("velero_backup_tarball_size_bytes{schedule=\"nightly\"} 5");
    }

    [Fact]
    public void Backups_are_counted_and_each_schedules_last_success_is_found_when_a_server_begins()
    {
        _bench.Server.BackupInformer.Note(Backup("nightly-1", "nightly", "2026-01-01T00:00:00Z"));
        _bench.Server.BackupInformer.Note(Backup("nightly-2", "nightly", "2026-01-02T00:00:00Z"));
        _bench.Server.BackupInformer.Note(Backup("by-hand", null, "2026-01-03T00:00:00Z"));
        _bench.Server.BackupInformer.Note(Backup("running", "hourly"));

        new ResourceTotals(_bench.Server).Count();

        var lines = _bench.MetricLines();
        lines.ShouldContain("velero_backup_total 4");
        lines.ShouldContain("velero_restore_total 0");
        lines.ShouldContain("velero_backup_last_successful_timestamp{schedule=\"nightly\"} 1767312000");
        lines.ShouldContain("velero_backup_last_successful_timestamp{schedule=\"\"} 1767398400");
        lines.ShouldNotContain(line => line.StartsWith("velero_backup_last_successful_timestamp{schedule=\"hourly\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_failure_counts_as_refused_when_an_object_that_was_not_what_it_must_be_is_behind_it()
    {
        var metrics = _bench.Server.Metrics.Encryption;

        metrics.NoteFailure("default", new AeosException("x", "y", new MessageRefusedException("damaged", "Restore another.")));
        metrics.NoteFailure("default", new AeosException("the store is away", "Try again."));

        _bench.MetricLines().ShouldContain("aeos_refused_objects_total{backup_location_name=\"default\"} 1");
    }

    private static BackupDocument Backup(string name, string? schedule, string? completed = null) => new()
    {
        Metadata = new DocumentMetadata { Name = name, Labels = schedule is null ? null : new Dictionary<string, string> { ["velero.io/schedule-name"] = schedule } },
        Status = new BackupStatus { Phase = completed is null ? BackupPhase.InProgress : BackupPhase.Completed, CompletionTimestamp = completed },
    };

    private Task WriteAsync(string key, params byte[][] parts) => WriteAsync(key, commit: true, parts);

    private async Task WriteAsync(string key, bool commit, params byte[][] parts)
    {
        Directory.CreateDirectory(Path.Combine(_bench.Folder, "bucket"));
        var location = new BackupStorageLocationDocument
        {
            Metadata = new DocumentMetadata { Name = "default" },
            Spec = new BackupStorageLocationSpec
            {
                Provider = "aeos.io/filesystem",
                Config = new Dictionary<string, string> { ["root"] = _bench.Folder },
                ObjectStorage = new ObjectStorageLocation { Bucket = "bucket" },
            },
        };
        await using var opened = await _bench.Server.Locations.OpenAsync(location, default);
        await using var writer = await opened.Store.CreateAsync(key, default);
        foreach (var part in parts)
        {
            await writer.WriteAsync(part);
        }

        if (commit)
        {
            await writer.CommitAsync(default);
        }
    }
}
