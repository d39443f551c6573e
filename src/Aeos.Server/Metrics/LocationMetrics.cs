namespace Aeos.Server.Metrics;

/// <summary>What is known of backup storage locations: under Velero's name whether they can be used, and under one of our own what is gone from them.</summary>
internal sealed class LocationMetrics(MetricRegistry registry)
{
    private readonly Gauge _status = registry.Gauge(
        "velero_backup_location_status_gauge", "Whether a backup storage location can be used: 1 is available, 0 is unavailable", "backup_location_name");

    private readonly Counter _orphaned = registry.Counter(
        "aeos_orphaned_backups_total", "Backups that were removed from the cluster since they were no longer in the bucket, and this server had not deleted them there", "backup_location_name");

    /// <summary>Whether it can be used.</summary>
    public void Set(string location, bool isAvailable)
    {
        _status.Set(isAvailable ? 1 : 0, location);
        _orphaned.Add(0, location);
    }

    /// <summary>A backup was no longer in a location.</summary>
    public void Orphaned(string location) => _orphaned.Add(1, location);

    /// <summary>Forgets a location.</summary>
    public void Remove(string location)
    {
        _status.Remove(location);
        _orphaned.Remove(location);
    }
}
