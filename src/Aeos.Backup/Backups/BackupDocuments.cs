using Aeos.Backup.Backups.Selecting;
using Aeos.Backup.Reporting;
using Aeos.Velero.Archive;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Backups;

/// <summary>Makes the document of a backup that has come to its end.</summary>
internal static class BackupDocuments
{
    public static BackupDocument Create(BackupPlan plan, ItemRecorder recorder, DateTimeOffset began, DateTimeOffset ended)
    {
        var (request, results) = (plan.Request, recorder.Results);
        return new BackupDocument
        {
            Metadata = new DocumentMetadata
            {
                Name = request.Name,
                Namespace = request.Namespace,
                CreationTimestamp = TimestampText.Format(began),
                Labels = plan.Labels,
                Annotations = plan.Annotations,
            },
            Spec = plan.Spec,
            Status = new BackupStatus
            {
                Version = 1,
                FormatVersion = ArchiveFormat.Version,
                Phase = results.Errors.Count == 0 ? BackupPhase.Completed : BackupPhase.PartiallyFailed,
                StartTimestamp = TimestampText.Format(began),
                CompletionTimestamp = TimestampText.Format(ended),
                Expiration = TimestampText.Format(began + SpecCompletion.Ttl(request)),
                Warnings = DocumentCount.Of(results.Warnings.Count),
                Errors = DocumentCount.Of(results.Errors.Count),
                Progress = new BackupProgress { TotalItems = recorder.Items, ItemsBackedUp = recorder.Items },
                HookStatus = recorder.Hooks.ToStatus(),
                Encryption = request.Encryption?.ToStatus(),
            },
        };
    }
}
