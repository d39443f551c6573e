using Aeos.Server.Metrics;

namespace Aeos.Server.Tests.Metrics;

public sealed class ServerMetricsTests
{
    private readonly ServerMetrics _metrics = new();

    [Fact]
    public void Backups_by_hand_are_counted_from_zero()
    {
        var lines = Lines();

        lines.ShouldContain("velero_backup_failure_total{schedule=\"\"} 0");
        lines.ShouldContain("velero_backup_last_status{schedule=\"\"} 1");
        lines.ShouldContain("velero_restore_attempt_total{schedule=\"\"} 0");
    }

    [Fact]
    public void A_completed_backup_is_a_success_with_its_time()
    {
        _metrics.Backups.Attempted("nightly");
        _metrics.Backups.Succeeded("nightly", DateTimeOffset.FromUnixTimeSeconds(1_767_225_600));

        var lines = Lines();
        lines.ShouldContain("velero_backup_attempt_total{schedule=\"nightly\"} 1");
        lines.ShouldContain("velero_backup_success_total{schedule=\"nightly\"} 1");
        lines.ShouldContain("velero_backup_last_successful_timestamp{schedule=\"nightly\"} 1767225600");
        lines.ShouldContain("velero_backup_last_status{schedule=\"nightly\"} 1");
    }

    [Fact]
    public void A_failure_stays_the_last_status_when_its_schedule_is_looked_at_again()
    {
        _metrics.InitSchedule("nightly");
        _metrics.Backups.Failed("nightly");
        _metrics.InitSchedule("nightly");

        Lines().ShouldContain("velero_backup_last_status{schedule=\"nightly\"} 0");
    }

    [Fact]
    public void What_took_ten_minutes_is_in_every_bucket_from_there_on()
    {
        _metrics.Backups.Ended("nightly", TimeSpan.FromMinutes(10), 12, 1, 2);
        _metrics.Backups.SetSize("nightly", 4096);

        var lines = Lines();
        lines.ShouldContain("velero_backup_duration_seconds_bucket{schedule=\"nightly\",le=\"300\"} 0");
        lines.ShouldContain("velero_backup_duration_seconds_bucket{schedule=\"nightly\",le=\"600\"} 1");
        lines.ShouldContain("velero_backup_duration_seconds_bucket{schedule=\"nightly\",le=\"+Inf\"} 1");
        lines.ShouldContain("velero_backup_duration_seconds_sum{schedule=\"nightly\"} 600");
        lines.ShouldContain("velero_backup_duration_seconds_count{schedule=\"nightly\"} 1");
        lines.ShouldContain("velero_backup_tarball_size_bytes{schedule=\"nightly\"} 4096");
        lines.ShouldContain("velero_backup_items_total{schedule=\"nightly\"} 12");
        lines.ShouldContain("velero_backup_items_errors{schedule=\"nightly\"} 1");
        lines.ShouldContain("velero_backup_warning_total{schedule=\"nightly\"} 1");
    }

    [Fact]
    public void A_schedule_that_goes_takes_its_series_with_it()
    {
        _metrics.InitSchedule("nightly");
        _metrics.Backups.Ended("nightly", TimeSpan.FromMinutes(10), 12, 1, 2);
        _metrics.Backups.SetSize("nightly", 4096);
        _metrics.Backups.Succeeded("nightly", DateTimeOffset.UnixEpoch);

        _metrics.RemoveSchedule("nightly");

        Lines().ShouldNotContain(line => line.Contains("nightly"));
    }

    [Fact]
    public void A_name_with_quotation_marks_and_line_ends_forges_no_sample()
    {
        _metrics.Backups.Failed("x\"} 1\nvelero_backup_total 7\n\\");

        Lines().ShouldContain("velero_backup_failure_total{schedule=\"x\\\"} 1\\nvelero_backup_total 7\\n\\\\\"} 1");
        Lines().ShouldNotContain("velero_backup_total 7");
    }

    [Fact]
    public void Counts_of_many_threads_are_not_lost()
    {
        Parallel.For(0, 10_000, _ => _metrics.Backups.Attempted("nightly"));

        Lines().ShouldContain("velero_backup_attempt_total{schedule=\"nightly\"} 10000");
    }

    [Fact]
    public void The_encryption_is_in_the_metrics()
    {
        _metrics.Encryption.SetState(enabled: true, available: false);
        _metrics.Encryption.SetKeys(encrypting: 1, decrypting: 3);
        _metrics.Encryption.Encrypted("default", 1 << 20);
        _metrics.Encryption.Encrypted("default", 1 << 20);
        _metrics.Encryption.Refused("default");

        var lines = Lines();
        lines.ShouldContain("aeos_encryption_enabled 1");
        lines.ShouldContain("aeos_encryption_available 0");
        lines.ShouldContain("aeos_encryption_keys{use=\"decrypt\"} 3");
        lines.ShouldContain("aeos_encrypted_bytes_total{backup_location_name=\"default\"} 2097152");
        lines.ShouldContain("aeos_refused_objects_total{backup_location_name=\"default\"} 1");
    }

    [Fact]
    public void Each_metric_has_its_help_and_its_type_before_its_samples()
    {
        var text = _metrics.ToText();

        text.ShouldContain("# HELP velero_backup_total Backups that exist\n# TYPE velero_backup_total gauge\n");
        text.ShouldContain("# TYPE velero_backup_duration_seconds histogram\n");
        text.ShouldContain("# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total ");
    }

    private string[] Lines() => _metrics.ToText().Split('\n');
}
