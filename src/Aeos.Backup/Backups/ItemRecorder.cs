using Aeos.Backup.Hooks;
using Aeos.Backup.Reporting;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Objects;
using Aeos.Velero.Archive;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Backups;

/// <summary>Writes items into the archive, and what is to be said of them into list, log and results. One caller at a time.</summary>
internal sealed class ItemRecorder(ArchiveWriter archive, ResourceListText list, OperationLog log, IProgress<BackupStep>? progress)
{
    public OperationResults Results { get; } = new();

    public HookCounts Hooks { get; } = new();

    public long Items { get; private set; }

    /// <summary>Writes an item.</summary>
    /// <returns>False when it cannot be in an archive; the results say so.</returns>
    public async Task<bool> WriteAsync(ApiResource type, KubernetesObject item, CancellationToken cancellationToken)
    {
        var path = ArchivePath.Of(type.GroupResource, item.Namespace, item.Name);
        if (!path.IsSafe)
        {
            await ErrorAsync("", $"an item of {type.GroupResource} has a name or a namespace that Kubernetes does not allow: it is not in the backup", cancellationToken).ConfigureAwait(false);
            return false;
        }

        await archive.WriteItemAsync(path, type.Version, item.Json, cancellationToken).ConfigureAwait(false);
        await list.AddAsync(type, item.Namespace, item.Name, cancellationToken).ConfigureAwait(false);
        Items++;
        progress?.Report(new BackupStep(Items, type.GroupResource));
        return true;
    }

    public ValueTask InfoAsync(string message, CancellationToken cancellationToken) => log.InfoAsync(message, cancellationToken);

    /// <summary>Says what somebody should know of an item.</summary>
    public ValueTask WarnAsync(string @namespace, string message, CancellationToken cancellationToken)
    {
        Results.Warnings.Add(@namespace, message);
        return log.WarningAsync(message, cancellationToken);
    }

    /// <summary>Says what failed, about an item.</summary>
    public ValueTask ErrorAsync(string @namespace, string message, CancellationToken cancellationToken)
    {
        Results.Errors.Add(@namespace, message);
        return log.ErrorAsync(message, cancellationToken);
    }

    /// <summary>Says what failed, about the backup as a whole.</summary>
    public ValueTask FailAsync(string message, CancellationToken cancellationToken)
    {
        Results.Errors.AddVelero(message);
        return log.ErrorAsync(message, cancellationToken);
    }
}
