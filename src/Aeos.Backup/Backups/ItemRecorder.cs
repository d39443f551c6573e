using Aeos.Backup.Backups.Selecting;
using Aeos.Backup.Hooks;
using Aeos.Backup.Reporting;
using Aeos.Kubernetes.Objects;
using Aeos.Velero.Archive;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Backups;

/// <summary>Writes items into the archive, and what is to be said of them into lists, log and results. One caller at a time.</summary>
internal sealed class ItemRecorder(ArchiveWriter archive, ResourceListText list, VolumeInfoText volumes, OperationLog log, IProgress<BackupStep>? progress)
{
    public OperationResults Results { get; } = new();

    public HookCounts Hooks { get; } = new();

    public long Items { get; private set; }

    /// <summary>Writes an item.</summary>
    /// <param name="step">Its type and version.</param>
    /// <param name="item">The item.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>False when it cannot be in an archive; the results say so.</returns>
    public async Task<bool> WriteAsync(TypeStep step, KubernetesObject item, CancellationToken cancellationToken)
    {
        var path = ArchivePath.Of(step.GroupResource, item.Namespace, item.Name);
        if (!path.IsSafe)
        {
            await ErrorAsync("", $"an item of {step.GroupResource} has a name or a namespace that Kubernetes does not allow: it is not in the backup", cancellationToken).ConfigureAwait(false);
            return false;
        }

        var writing = step.IsPreferred
            ? archive.WriteItemAsync(path, step.Type.Version, item.Json, cancellationToken)
            : archive.WriteVersionAsync(path, step.Type.Version, item.Json, cancellationToken);
        await writing.ConfigureAwait(false);
        await list.AddAsync(step, item.Namespace, item.Name, cancellationToken).ConfigureAwait(false);
        Items++;
        progress?.Report(new BackupStep(Items, step.GroupResource));
        return true;
    }

    /// <summary>Writes down that a volume's data is not in the backup.</summary>
    public Task AddVolumeAsync(KubernetesObject volume, CancellationToken cancellationToken) => volumes.AddAsync(volume, cancellationToken);

    public ValueTask InfoAsync(string message, CancellationToken cancellationToken) => log.InfoAsync(message, cancellationToken);

    /// <summary>Says what somebody should know of an item.</summary>
    public ValueTask WarnAsync(string @namespace, string message, CancellationToken cancellationToken)
    {
        Results.Warnings.Add(@namespace, message);
        return log.WarningAsync(message, cancellationToken);
    }

    /// <summary>Says what somebody should know of the backup as a whole.</summary>
    public ValueTask WarnAsync(string message, CancellationToken cancellationToken)
    {
        Results.Warnings.AddVelero(message);
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
