namespace Aeos.Server.Metrics;

/// <summary>
/// What is counted of restores, under Velero's names (1.18, pkg/metrics/metrics.go). Each method takes the schedule whose backup is restored
/// (<c>spec.scheduleName</c>), "" for none.
/// </summary>
internal sealed class RestoreMetrics
{
    private readonly Gauge _total;
    private readonly Counter _attempts;
    private readonly Counter _successes;
    private readonly Counter _partialFailures;
    private readonly Counter _failures;
    private readonly Counter _validationFailures;

    public RestoreMetrics(MetricRegistry registry)
    {
        const string Schedule = "schedule";
        _total = registry.Gauge("velero_restore_total", "Restores that exist");
        _attempts = registry.Counter("velero_restore_attempt_total", "Restores that were begun", Schedule);
        _successes = registry.Counter("velero_restore_success_total", "Restores that are Completed", Schedule);
        _partialFailures = registry.Counter("velero_restore_partial_failure_total", "Restores that are PartiallyFailed", Schedule);
        _failures = registry.Counter("velero_restore_failed_total", "Restores that are Failed", Schedule);
        _validationFailures = registry.Counter("velero_restore_validation_failed_total", "Restores that are FailedValidation", Schedule);
    }

    /// <summary>How many restores there are now.</summary>
    public void SetTotal(long restores) => _total.Set(restores);

    /// <summary>A restore was begun.</summary>
    public void Attempted(string schedule) => _attempts.Add(1, schedule);

    /// <summary>A restore is Completed.</summary>
    public void Succeeded(string schedule) => _successes.Add(1, schedule);

    /// <summary>A restore is PartiallyFailed.</summary>
    public void PartiallyFailed(string schedule) => _partialFailures.Add(1, schedule);

    /// <summary>A restore is Failed.</summary>
    public void Failed(string schedule) => _failures.Add(1, schedule);

    /// <summary>A restore is FailedValidation.</summary>
    public void FailedValidation(string schedule) => _validationFailures.Add(1, schedule);

    /// <summary>Makes the schedule's series be there.</summary>
    public void InitSchedule(string schedule)
    {
        foreach (var counter in Counters())
        {
            counter.Add(0, schedule);
        }
    }

    /// <summary>Forgets a schedule.</summary>
    public void RemoveSchedule(string schedule)
    {
        foreach (var counter in Counters())
        {
            counter.Remove(schedule);
        }
    }

    private Counter[] Counters() => [_attempts, _successes, _partialFailures, _failures, _validationFailures];
}
