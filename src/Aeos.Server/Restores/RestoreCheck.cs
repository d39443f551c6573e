using Aeos.Backup.Restores;
using Aeos.Velero.Resources;

namespace Aeos.Server.Restores;

/// <summary>Makes a Restore's spec whole and finds out why it is not possible (Velero 1.18, validateAndComplete in pkg/controller/restore_controller.go).</summary>
/// <param name="server">The server.</param>
internal sealed class RestoreCheck(ServerContext server)
{
    private const string DefaultItemOperationTimeout = "4h0m0s";

    /// <summary>Looks at one.</summary>
    /// <exception cref="Kubernetes.Errors.KubernetesException">The API server is away.</exception>
    public async Task<CheckedRestore> RunAsync(RestoreSpec asked, CancellationToken cancellationToken)
    {
        var spec = asked with
        {
            ExcludedResources = [.. (asked.ExcludedResources ?? []).Union(RestoreJob.NeverRestoredTypes, StringComparer.Ordinal)],
            ItemOperationTimeout = asked.ItemOperationTimeout is null or "" or "0s" ? DefaultItemOperationTimeout : asked.ItemOperationTimeout,
        };
        List<string> problems = [.. await RestoreJob.ProblemsAsync(server.Cluster, spec, server.Options.Namespace, cancellationToken).ConfigureAwait(false)];
        if (string.IsNullOrEmpty(spec.BackupName) == string.IsNullOrEmpty(spec.ScheduleName))
        {
            return Refused();
        }

        if (spec.ScheduleName is { Length: > 0 } schedule)
        {
            if (await FindNewestAsync(schedule, problems, cancellationToken).ConfigureAwait(false) is not { } newest)
            {
                return Refused();
            }

            spec = spec with { BackupName = newest };
        }

        if (await server.Backups.TryGetAsync(spec.BackupName!, cancellationToken).ConfigureAwait(false) is not { } backup)
        {
            return Refused($"Error retrieving backup: can't find backup {server.Options.Namespace}/{spec.BackupName}: Backup.velero.io \"{spec.BackupName}\" not found");
        }

        var where = backup.Spec.StorageLocation ?? "";
        if (await server.BackupStorageLocations.TryGetAsync(where, cancellationToken).ConfigureAwait(false) is not { } location)
        {
            return Refused($"Error retrieving backup: BackupStorageLocation.velero.io \"{where}\" not found");
        }

        if (location.Status.Phase == BackupStorageLocationPhase.Unavailable)
        {
            return Refused($"The BSL {where} is unavailable, cannot retrieve the backup");
        }

        // For whoever reads metrics.
        spec = spec with { ScheduleName = spec.ScheduleName is { Length: > 0 } ? spec.ScheduleName : backup.Metadata.Labels?.GetValueOrDefault(BackupDocument.ScheduleLabel) };
        return problems.Count > 0 ? Refused() : new CheckedRestore(spec, [], backup, location);

        CheckedRestore Refused(params string[] more) => new(spec, [.. problems, .. more], null, null);
    }

    private async Task<string?> FindNewestAsync(string schedule, List<string> problems, CancellationToken cancellationToken)
    {
        var found = new List<BackupDocument>();
        await foreach (var backup in server.Backups.ListAsync(null, cancellationToken).ConfigureAwait(false))
        {
            if (backup.IsOfSchedule(schedule))
            {
                found.Add(backup);
            }
        }

        if (found.Count == 0)
        {
            problems.Add("No backups found for schedule");
        }

        var newest = found.Where(static backup => backup.Status.Phase == BackupPhase.Completed)
            .MaxBy(static backup => backup.Status.StartTimestamp ?? "", StringComparer.Ordinal);
        if (newest is null)
        {
            problems.Add("No completed backups found for schedule");
        }

        return newest?.Metadata.Name;
    }
}
