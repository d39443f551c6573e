using Aeos.Server.Locations;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Server.Metrics;

/// <summary>Counts what is seen from the resources and the buckets rather than by a controller.</summary>
internal sealed class ResourceTotals(ServerContext server)
{
    // As Velero recounts.
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>The schedule that a backup is of; "" for one that was asked for by hand.</summary>
    public static string ScheduleOf(BackupDocument? backup) => backup?.Metadata.Labels?.GetValueOrDefault(BackupDocument.ScheduleLabel) ?? "";

    /// <summary>Counts again and again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, server.Time);
        do
        {
            Count();
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Counts backups and restores, and finds each schedule's last success.</summary>
    public void Count()
    {
        var backups = server.BackupInformer.Items.ToList();
        server.Metrics.Backups.SetTotal(backups.Count);
        server.Metrics.Restores.SetTotal(server.RestoreInformer.Items.Count());
        foreach (var schedule in backups.Where(static backup => backup.Status.Phase == BackupPhase.Completed).GroupBy(ScheduleOf, StringComparer.Ordinal))
        {
            // Times in UTC sort as texts.
            var last = schedule.Select(static backup => backup.Status.CompletionTimestamp).Max(StringComparer.Ordinal);
            if (TimestampText.TryParse(last, out var time))
            {
                server.Metrics.Backups.SetLastSuccess(schedule.Key, time);
            }
        }
    }

    /// <summary>Counts an object that was written.</summary>
    public void Note(WrittenObject written)
    {
        if (written.IsMessage)
        {
            server.Metrics.Encryption.Encrypted(written.Location, written.Bytes);
        }

        if (written.Key.StartsWith(BackupKeys.Root, StringComparison.Ordinal)
            && written.Key.Split('/') is [_, var name, _] && written.Key == new BackupKeys(name).Archive)
        {
            server.Metrics.Backups.SetSize(ScheduleOf(server.BackupInformer.Find(name)), written.Bytes);
        }
    }
}
