using System.Globalization;
using Aeos.Velero.Resources;

namespace Aeos.Server.Sync;

/// <summary>When a location's bucket is looked at (Velero 1.18, locationFilterFunc in pkg/controller/backup_sync_controller.go).</summary>
internal static class SyncPeriod
{
    /// <summary>How often; zero: never.</summary>
    public static TimeSpan Of(BackupStorageLocationDocument location, ServerOptions options)
        => DurationText.TryParse(location.Spec.BackupSyncPeriod, out var own) && own >= TimeSpan.Zero ? own : options.BackupSyncPeriod;

    /// <summary>How long until it is due; zero or less: it is.</summary>
    public static TimeSpan Left(BackupStorageLocationDocument location, TimeSpan period, DateTimeOffset now)
        => DateTimeOffset.TryParse(location.Status.LastSyncedTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var last)
            ? last + period - now
            : TimeSpan.Zero;
}
