using System.Diagnostics;
using System.Runtime.InteropServices;
using Aeos.Server.Status;

namespace Aeos.Server.Metrics;

/// <summary>
/// What a server counts. Names and labels that begin with <c>velero_</c> are Velero's and mean the same; <c>aeos_</c> are our own; <c>process_</c> are
/// those that Prometheus' clients have for any process. Safe to share between threads.
/// </summary>
internal sealed class ServerMetrics
{
    private readonly Gauge _memory;
    private readonly Gauge _started;
    private readonly Counter _processor;

    public ServerMetrics()
    {
        Backups = new BackupMetrics(Registry);
        Restores = new RestoreMetrics(Registry);
        Locations = new LocationMetrics(Registry);
        Encryption = new EncryptionMetrics(Registry);
        Downloads = new DownloadMetrics(Registry, Encryption);
        Controllers = new ControllerMetrics(Registry);
        Registry.Gauge("aeos_build_info", "The server's version; always 1", "version", "runtime").Set(1, BuildVersion.Text, RuntimeInformation.FrameworkDescription);
        _memory = Registry.Gauge("process_resident_memory_bytes", "Resident memory size in bytes");
        _processor = Registry.Counter("process_cpu_seconds_total", "Total user and system CPU time spent in seconds");
        _started = Registry.Gauge("process_start_time_seconds", "Start time of the process since unix epoch in seconds");
        InitSchedule("");
    }

    public MetricRegistry Registry { get; } = new();

    public BackupMetrics Backups { get; }

    public RestoreMetrics Restores { get; }

    public LocationMetrics Locations { get; }

    public EncryptionMetrics Encryption { get; }

    public DownloadMetrics Downloads { get; }

    public ControllerMetrics Controllers { get; }

    /// <summary>Makes a schedule's series be there, so that an alert sees its first failure as a change.</summary>
    public void InitSchedule(string schedule)
    {
        Backups.InitSchedule(schedule);
        Restores.InitSchedule(schedule);
    }

    /// <summary>Forgets a schedule.</summary>
    public void RemoveSchedule(string schedule)
    {
        Backups.RemoveSchedule(schedule);
        Restores.RemoveSchedule(schedule);
    }

    /// <summary>All metrics in Prometheus' text format, version 0.0.4.</summary>
    public string ToText()
    {
        using var process = Process.GetCurrentProcess();
        _memory.Set(process.WorkingSet64);
        _processor.SetSum(process.TotalProcessorTime.TotalSeconds);
        _started.Set(((DateTimeOffset)process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000.0);
        return Registry.ToText();
    }
}
