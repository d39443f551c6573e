namespace Aeos.Server.Metrics;

/// <summary>
/// What is counted of backups, under Velero's names (1.18, pkg/metrics/metrics.go). Each method takes the name of the schedule that made the backup, ""
/// for one that was asked for by hand.
/// </summary>
internal sealed class BackupMetrics
{
    private static readonly double[] DurationBounds = [60, 300, 600, 900, 1800, 3600, 7200, 10800, 14400];

    private readonly Gauge _total;
    private readonly Gauge _size;
    private readonly Gauge _lastSuccess;
    private readonly Gauge _lastStatus;
    private readonly Gauge _items;
    private readonly Gauge _errors;
    private readonly Counter _attempts;
    private readonly Counter _successes;
    private readonly Counter _partialFailures;
    private readonly Counter _failures;
    private readonly Counter _validationFailures;
    private readonly Counter _warnings;
    private readonly Counter _deletionAttempts;
    private readonly Counter _deletionSuccesses;
    private readonly Counter _deletionFailures;
    private readonly Histogram _durations;

    public BackupMetrics(MetricRegistry registry)
    {
        const string Schedule = "schedule";
        _total = registry.Gauge("velero_backup_total", "Backups that exist");
        _size = registry.Gauge("velero_backup_tarball_size_bytes", "Size of the schedule's last archive in the bucket, in bytes", Schedule);
        _lastSuccess = registry.Gauge("velero_backup_last_successful_timestamp", "When a backup last succeeded, in seconds since 1970", Schedule);
        _lastStatus = registry.Gauge("velero_backup_last_status", "How the last backup ended: 1 is success, 0 is failure", Schedule);
        _items = registry.Gauge("velero_backup_items_total", "Items of the last backup", Schedule);
        _errors = registry.Gauge("velero_backup_items_errors", "Errors of the last backup", Schedule);
        _attempts = registry.Counter("velero_backup_attempt_total", "Backups that were begun", Schedule);
        _successes = registry.Counter("velero_backup_success_total", "Backups that are Completed", Schedule);
        _partialFailures = registry.Counter("velero_backup_partial_failure_total", "Backups that are PartiallyFailed", Schedule);
        _failures = registry.Counter("velero_backup_failure_total", "Backups that are Failed", Schedule);
        _validationFailures = registry.Counter("velero_backup_validation_failure_total", "Backups that are FailedValidation", Schedule);
        _warnings = registry.Counter("velero_backup_warning_total", "Backups with warnings", Schedule);
        _deletionAttempts = registry.Counter("velero_backup_deletion_attempt_total", "Deletions of backups that were begun", Schedule);
        _deletionSuccesses = registry.Counter("velero_backup_deletion_success_total", "Deletions of backups that succeeded", Schedule);
        _deletionFailures = registry.Counter("velero_backup_deletion_failure_total", "Deletions of backups that failed", Schedule);
        _durations = registry.Histogram("velero_backup_duration_seconds", "How long backups took, in seconds", DurationBounds, Schedule);
    }

    /// <summary>How many backups there are now.</summary>
    public void SetTotal(long backups) => _total.Set(backups);

    /// <summary>A backup was begun.</summary>
    public void Attempted(string schedule) => _attempts.Add(1, schedule);

    /// <summary>A backup is Completed.</summary>
    public void Succeeded(string schedule, DateTimeOffset at)
    {
        _successes.Add(1, schedule);
        _lastStatus.Set(1, schedule);
        SetLastSuccess(schedule, at);
    }

    /// <summary>When a backup last succeeded: for a server that begins.</summary>
    public void SetLastSuccess(string schedule, DateTimeOffset at) => _lastSuccess.Set(at.ToUnixTimeSeconds(), schedule);

    /// <summary>A backup is PartiallyFailed.</summary>
    public void PartiallyFailed(string schedule)
    {
        _partialFailures.Add(1, schedule);
        _lastStatus.Set(0, schedule);
    }

    /// <summary>A backup is Failed.</summary>
    public void Failed(string schedule)
    {
        _failures.Add(1, schedule);
        _lastStatus.Set(0, schedule);
    }

    /// <summary>A backup is FailedValidation.</summary>
    public void FailedValidation(string schedule)
    {
        _validationFailures.Add(1, schedule);
        _lastStatus.Set(0, schedule);
    }

    /// <summary>An archive was written, so many bytes in the bucket.</summary>
    public void SetSize(string schedule, long bytes) => _size.Set(bytes, schedule);

    /// <summary>A backup with an archive has ended: how long it took, what is in it. Beside its phase.</summary>
    /// <param name="schedule">Its schedule.</param>
    /// <param name="duration">From its start to its end.</param>
    /// <param name="items">Its items.</param>
    /// <param name="errors">Its errors.</param>
    /// <param name="warnings">Its warnings.</param>
    public void Ended(string schedule, TimeSpan duration, long items, int errors, int warnings)
    {
        _durations.Observe(duration.TotalSeconds, schedule);
        _items.Set(items, schedule);
        _errors.Set(errors, schedule);
        _warnings.Add(warnings > 0 ? 1 : 0, schedule);
    }

    /// <summary>A deletion was begun.</summary>
    public void DeletionAttempted(string schedule) => _deletionAttempts.Add(1, schedule);

    /// <summary>A deletion succeeded.</summary>
    public void DeletionSucceeded(string schedule) => _deletionSuccesses.Add(1, schedule);

    /// <summary>A deletion failed.</summary>
    public void DeletionFailed(string schedule) => _deletionFailures.Add(1, schedule);

    /// <summary>Makes the schedule's series be there, as Velero has them before a first backup.</summary>
    public void InitSchedule(string schedule)
    {
        foreach (var counter in Counters())
        {
            counter.Add(0, schedule);
        }

        _items.Init(0, schedule);
        _errors.Init(0, schedule);
        _lastStatus.Init(1, schedule);
    }

    /// <summary>Forgets a schedule.</summary>
    public void RemoveSchedule(string schedule)
    {
        foreach (var family in (IEnumerable<MetricFamily>)[.. Counters(), _size, _lastSuccess, _lastStatus, _items, _errors, _durations])
        {
            family.Remove(schedule);
        }
    }

    private Counter[] Counters()
        => [_attempts, _successes, _partialFailures, _failures, _validationFailures, _warnings, _deletionAttempts, _deletionSuccesses, _deletionFailures];
}
