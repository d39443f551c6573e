using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Server.Tests.Schedules;

public sealed class ServedScheduleTests
{
    [Fact]
    public async Task A_server_checks_the_location_makes_the_backup_that_is_due_and_shows_it_in_its_metrics()
    {
        await using var bench = await ServerBench.StartAsync();
        await bench.AddLocationAsync(phase: null);
        await bench.AddKeyAsync();
        var server = await bench.ServeAsync(new ServerOptions { MetricsAddress = "127.0.0.1:0", LeaderElection = false, EnableEncryption = true, EncryptionSecret = "backup-key" });

        await bench.Of(VeleroTypes.Schedules).CreateAsync(
            new ScheduleDocument
            {
                Metadata = new DocumentMetadata { Name = "nightly", Namespace = ServerBench.Namespace },
                Spec = new ScheduleSpec { Schedule = "@daily", Template = new BackupSpec { IncludedNamespaces = ["default"], Metadata = new BackupSpecMetadata { Labels = new Dictionary<string, string> { ["tier"] = "gold" } } } },
                Status = new ScheduleStatus { LastBackup = "2026-01-01T00:00:00Z" },
            },
            default);
        var name = await Eventually.BecomesAsync<string?>(() => NameOfBackupAsync(bench), static name => name is not null, "the schedule's backup");
        var backup = await bench.EndOfBackupAsync(name!);
        backup.Status.Phase.ShouldBe(BackupPhase.Completed);
        backup.Metadata.Labels!["tier"].ShouldBe("gold");

        using var client = new HttpClient { BaseAddress = await server.MetricsAsync() };
        var metrics = await Eventually.BecomesAsync(
            () => client.GetStringAsync("/metrics"), static text => text.Contains("velero_backup_success_total{schedule=\"nightly\"} 1\n"), "the count");
        metrics.ShouldContain("velero_backup_attempt_total{schedule=\"nightly\"} 1\n");
        metrics.ShouldContain("velero_backup_duration_seconds_count{schedule=\"nightly\"} 1\n");
        metrics.ShouldContain("velero_backup_location_status_gauge{backup_location_name=\"default\"} 1\n");
        var archive = new FileInfo(Path.Combine(bench.Bucket, "backups", name!, $"{name}.tar.gz"));
        metrics.ShouldContain($"velero_backup_tarball_size_bytes{{schedule=\"nightly\"}} {archive.Length}\n");
        metrics.ShouldContain($"aeos_encrypted_bytes_total{{backup_location_name=\"default\"}} {archive.Length}\n");
        metrics.ShouldContain("aeos_encryption_available 1\n");
    }

    private static async Task<string?> NameOfBackupAsync(ServerBench bench)
    {
        await foreach (var backup in bench.Backups.ListAsync("velero.io/schedule-name=nightly", default))
        {
            return backup.Metadata.Name;
        }

        return null;
    }
}
