using System.Globalization;
using Aeos.Backup.Reading;
using Aeos.Backup.Reporting;
using Aeos.Backup.Restores.Reading;
using Aeos.Backup.Restores.Records;
using Aeos.Backup.Restores.Selecting;
using Aeos.Encryption;
using Aeos.Kubernetes;
using Aeos.ObjectStore;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Restores;

/// <summary>A restore from a bucket: finds the backup, opens its archive, restores it, and leaves the records beside it.</summary>
public sealed class RestoreJob
{
    /// <summary>Where to.</summary>
    public required KubernetesClient Cluster { get; init; }

    /// <summary>Reads the bucket.</summary>
    public required BucketReader Bucket { get; init; }

    /// <summary>The location's store, not encrypting.</summary>
    public required IObjectStore Store { get; init; }

    /// <summary>Takes the log, the results and the lists: encrypting when all of a backup is to be; null: <see cref="Store"/>.</summary>
    public IObjectStore? CompanionStore { get; init; }

    /// <summary>Whether an archive that is not encrypted is refused.</summary>
    public bool RequireEncryption { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told how far it is; may be called by many threads.</summary>
    public Action<RestoreProgress>? OnProgress { get; init; }

    /// <summary>Restores.</summary>
    /// <exception cref="AeosException">The restore was refused, or its archive was: nothing was applied, and nothing is left in the bucket.</exception>
    /// <exception cref="Kubernetes.Errors.KubernetesException">The cluster cannot be reached.</exception>
    public async Task<(RestoreDocument Document, RestoreOutcome Outcome)> RunAsync(RestoreOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (RestoreValidation.Check(options.Spec) is { Count: > 0 } problems)
        {
            throw new RestoreRefusedException($"the restore {Printable.Quote(options.Name)} is not possible: {string.Join("; ", problems)}", "Correct what was asked for.");
        }

        var keys = new RestoreKeys(OperationName.Checked(options.Name, "restore"));
        var started = Now();
        await RefuseUsedNameAsync(keys, cancellationToken).ConfigureAwait(false);
        var backup = await Bucket.ReadBackupAsync(options.BackupName, cancellationToken).ConfigureAwait(false);
        if (backup.Status.Phase is not (BackupPhase.Completed or BackupPhase.PartiallyFailed))
        {
            throw new RestoreRefusedException(
                $"the backup {Printable.Quote(options.BackupName)} is in the phase {Printable.Quote(backup.Status.Phase ?? "")}: it has no archive that can be restored",
                "Restore from a backup that is Completed or PartiallyFailed.");
        }

        var companions = CompanionStore ?? Store;
        var volumes = await VolumeDataCheck.FindAsync(Bucket, new BackupKeys(options.BackupName), backup.Status.Encryption, cancellationToken).ConfigureAwait(false);
        var archive = await Bucket.OpenArchiveAsync(options.BackupName, backup.Status.Encryption, RequireEncryption, cancellationToken).ConfigureAwait(false);
        await using var logObject = await GzipObject.CreateAsync(companions, keys.Logs, cancellationToken).ConfigureAwait(false);
        RestoreOutcome outcome;
        await using (var log = new OperationLog(logObject.Content, "restore", options.Name, Time))
        {
            outcome = await new RestoreRun(Cluster, options, Time).RunAsync(archive, log, OnProgress, cancellationToken).ConfigureAwait(false);
            if (volumes is not null)
            {
                outcome.Warnings.AddVelero(volumes);
                await log.WarningAsync(volumes, cancellationToken).ConfigureAwait(false);
            }

            await log.InfoAsync($"restore {options.Name} ended: {outcome.Errors.Count} errors, {outcome.Warnings.Count} warnings", cancellationToken).ConfigureAwait(false);
            await log.CompleteAsync().ConfigureAwait(false);
        }

        await logObject.CommitAsync(cancellationToken).ConfigureAwait(false);
        var document = new RestoreDocument
        {
            Metadata = new DocumentMetadata { Name = options.Name, Namespace = options.Namespace, CreationTimestamp = started },
            Spec = options.Spec,
            Status = new RestoreStatus
            {
                Phase = outcome.Phase,
                StartTimestamp = started,
                CompletionTimestamp = Now(),
                Errors = outcome.Errors.Count,
                Warnings = outcome.Warnings.Count,
                Progress = new RestoreProgressStatus { TotalItems = outcome.Items.Count, ItemsRestored = outcome.Items.Count },
            },
        };
        await new RestoreRecords(companions, Store, keys).WriteAsync(outcome, document, cancellationToken).ConfigureAwait(false);
        return (document, outcome);
    }

    private async Task RefuseUsedNameAsync(RestoreKeys keys, CancellationToken cancellationToken)
    {
        await foreach (var there in Store.ListAsync(keys.Folder, cancellationToken).ConfigureAwait(false))
        {
            throw new RestoreRefusedException(
                $"there is a restore {Printable.Quote(keys.Name)} in the location already: \"{there}\"", "Choose another name, or remove it with \"aeos restore delete\".");
        }
    }

    private string Now() => Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
