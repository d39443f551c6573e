namespace Aeos.Server.Metrics;

/// <summary>What is known of backup storage locations, under Velero's name.</summary>
internal sealed class LocationMetrics(MetricRegistry registry)
{
    private readonly Gauge _status = registry.Gauge(
        "velero_backup_location_status_gauge", "Whether a backup storage location can be used: 1 is available, 0 is unavailable", "backup_location_name");

    /// <summary>Whether it can be used.</summary>
    public void Set(string location, bool isAvailable) => _status.Set(isAvailable ? 1 : 0, location);

    /// <summary>Forgets a location.</summary>
    public void Remove(string location) => _status.Remove(location);
}
