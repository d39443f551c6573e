using System.Globalization;
using Aeos.Backup;
using Aeos.Velero.Resources;

namespace Aeos.Server.Schedules;

/// <summary>Makes a Backup of a Schedule (Velero 1.18, pkg/builder/backup_builder.go).</summary>
public static class ScheduledBackup
{
    private const string TimeFormat = "yyyyMMddHHmmss";
    private const string VeleroVersion = BackupDocument.VeleroVersion;

    /// <summary>The value that the label <c>velero.io/schedule-name</c> of a Schedule's backups has.</summary>
    public static string LabelOf(string schedule) => LabelValue.Of(schedule);

    /// <summary>Makes it: with the template's labels or else the Schedule's, and with the Schedule's annotations.</summary>
    /// <param name="schedule">The Schedule.</param>
    /// <param name="now">The time that the name ends in, in UTC.</param>
    public static BackupDocument Of(ScheduleDocument schedule, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var (metadata, template) = (schedule.Metadata, schedule.Spec.Template);
        var labels = new Dictionary<string, string>(template.Metadata?.Labels ?? metadata.Labels ?? new Dictionary<string, string>(), StringComparer.Ordinal)
        {
            [BackupDocument.ScheduleLabel] = LabelOf(metadata.Name),
        };
        return new BackupDocument
        {
            Metadata = new DocumentMetadata
            {
                Name = string.Create(CultureInfo.InvariantCulture, $"{metadata.Name}-{now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}"),
                Namespace = metadata.Namespace,
                Labels = labels,
                Annotations = metadata.Annotations,
                OwnerReferences = schedule.Spec.UseOwnerReferencesInBackup == true ? [Owner(metadata)] : null,
            },
            Spec = template with { ResourcePolicy = template.ResourcePolicy is { } policy ? policy with { Kind = "configmap" } : null },
        };
    }

    /// <summary>The time that the name of a Schedule's backup ends in; null when it is named otherwise.</summary>
    /// <param name="schedule">The Schedule's name.</param>
    /// <param name="backup">The Backup's name.</param>
    public static DateTimeOffset? TimeOf(string schedule, string backup)
    {
        ArgumentNullException.ThrowIfNull(backup);
        return backup.StartsWith($"{schedule}-", StringComparison.Ordinal)
            && DateTimeOffset.TryParseExact(backup[(schedule.Length + 1)..], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }

    private static DocumentOwner Owner(DocumentMetadata schedule)
        => new() { ApiVersion = VeleroVersion, Kind = "Schedule", Name = schedule.Name, Uid = schedule.Uid ?? "", Controller = true };
}
