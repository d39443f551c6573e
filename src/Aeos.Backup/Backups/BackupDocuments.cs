using System.Globalization;
using Aeos.Kubernetes.Discovery;
using Aeos.Velero.Archive;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Backups;

/// <summary>Makes the document of a backup that has come to its end.</summary>
internal static class BackupDocuments
{
    private const string DefaultLocation = "default";

    public static BackupDocument Create(BackupRequest request, ServerVersion version, ItemRecorder recorder, DateTimeOffset began, DateTimeOffset ended)
    {
        var (results, items) = (recorder.Results, recorder.Items);
        var location = request.Spec.StorageLocation ?? DefaultLocation;
        return new BackupDocument
        {
            Metadata = new DocumentMetadata
            {
                Name = request.Name,
                Namespace = request.Namespace,
                CreationTimestamp = Text(began),
                Labels = new Dictionary<string, string>(request.Labels ?? new Dictionary<string, string>(), StringComparer.Ordinal) { ["velero.io/storage-location"] = location },
                Annotations = new Dictionary<string, string>(request.Annotations ?? new Dictionary<string, string>(), StringComparer.Ordinal) { ["velero.io/source-cluster-k8s-gitversion"] = version.GitVersion },
            },
            Spec = request.Spec with
            {
                IncludedNamespaces = request.Spec.IncludedNamespaces is { Count: > 0 } named ? named : ["*"],
                StorageLocation = location,
                SnapshotVolumes = false,
                DefaultVolumesToFsBackup = false,
                Ttl = Duration(request.Ttl),
            },
            Status = new BackupStatus
            {
                Version = 1,
                FormatVersion = ArchiveFormat.Version,
                Phase = results.Errors.Count == 0 ? BackupPhase.Completed : BackupPhase.PartiallyFailed,
                StartTimestamp = Text(began),
                CompletionTimestamp = Text(ended),
                Expiration = Text(began + request.Ttl),
                Warnings = Some(results.Warnings.Count),
                Errors = Some(results.Errors.Count),
                Progress = new BackupProgress { TotalItems = items, ItemsBackedUp = items },
                HookStatus = recorder.Hooks.ToStatus(),
                Encryption = request.Encryption?.ToStatus(),
            },
        };
    }

    // As Go's omitempty has it.
    private static int? Some(int count) => count == 0 ? null : count;

    private static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    // As Go writes durations.
    private static string Duration(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}h{time.Minutes}m{time.Seconds}s");
}
