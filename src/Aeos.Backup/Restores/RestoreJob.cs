using Aeos.Backup.Reading;
using Aeos.Backup.Restores.Modifying;
using Aeos.Backup.Restores.Reading;
using Aeos.Backup.Restores.Records;
using Aeos.Backup.Restores.Selecting;
using Aeos.Encryption;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Errors;
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

    /// <summary>
    /// Asked once all is applied, before hooks in pods are awaited; when it throws, the restore does not come to its end. Null: nobody. Not asked for an empty backup.
    /// </summary>
    public Func<RestoreOutcome, CancellationToken, Task>? BeforeFinalizing { get; init; }

    /// <summary>What the cluster knows of the archive's encryption, which goes before what the bucket says; null: nothing.</summary>
    public EncryptionStatus? KnownEncryption { get; init; }

    /// <summary>The Restore as it was recorded, also when the restore did not come to its end; null: nothing was.</summary>
    public RestoreDocument? Recorded { get; private set; }

    /// <summary>Types that are never restored, as Velero adds them to <c>spec.excludedResources</c>.</summary>
    public static IReadOnlyList<string> NeverRestoredTypes => NeverRestored.Types;

    /// <summary>All that is wrong with what is asked for, before the backup is looked at.</summary>
    /// <param name="cluster">The cluster, which may have resource modifiers.</param>
    /// <param name="spec">What is asked for.</param>
    /// <param name="namespace">Their namespace: the server's.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>One line for each problem; empty: nothing is wrong.</returns>
    public static async Task<IReadOnlyList<string>> ProblemsAsync(KubernetesClient cluster, RestoreSpec spec, string @namespace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(spec);
        List<string> problems = [.. RestoreValidation.Check(spec)];
        try
        {
            await new ResourceModifierReader(cluster, @namespace).ReadAsync(spec.ResourceModifier, cancellationToken).ConfigureAwait(false);
        }
        catch (RestoreRefusedException refusal)
        {
            problems.Add(refusal.Cause);
        }

        return problems;
    }

    /// <summary>Records a restore whose end nobody saw, as PartiallyFailed.</summary>
    /// <param name="options">What it was.</param>
    /// <param name="error">What is not known to have been done.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AeosException">The store does not take it.</exception>
    public async Task<RestoreDocument> RecordUnfinishedAsync(RestoreOptions options, string error, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var keys = new RestoreKeys(OperationName.Checked(options.Name, "restore"));
        var outcome = new RestoreOutcome();
        await using var records = await RestoreRecords.BeginAsync(CompanionStore ?? Store, Store, keys, options, Time, cancellationToken).ConfigureAwait(false);
        outcome.Errors.AddVelero(error);
        await records.Log.ErrorAsync(error, cancellationToken).ConfigureAwait(false);
        return await records.CommitAsync(outcome, StartOf(options)).ConfigureAwait(false);
    }

    /// <summary>Restores.</summary>
    /// <exception cref="AeosException">
    /// The restore was refused, or its archive was: nothing was applied, and nothing is left in the bucket. Or it did not come to its end, which its records say.
    /// </exception>
    /// <exception cref="RestoreUnrecordedException">It was applied, and its records could not be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, which its records say if anything was applied.</exception>
    /// <exception cref="KubernetesException">The cluster cannot be reached: nothing was applied.</exception>
    public async Task<(RestoreDocument Document, RestoreOutcome Outcome)> RunAsync(RestoreOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var keys = new RestoreKeys(OperationName.Checked(options.Name, "restore"));
        var started = StartOf(options);
        if (RestoreValidation.Check(options.Spec) is { Count: > 0 } problems)
        {
            throw new RestoreRefusedException($"the restore {Printable.Quote(options.Name)} is not possible: {string.Join("; ", problems)}", "Correct what was asked for.");
        }

        await RefuseUsedNameAsync(keys, cancellationToken).ConfigureAwait(false);
        var backup = await new BackupSource(Bucket).FindAsync(options.Spec, cancellationToken).ConfigureAwait(false);
        options = options with { Spec = options.Spec with { BackupName = backup.Metadata.Name } };
        var encryption = KnownEncryption ?? backup.Status.Encryption;
        var (volumes, warnings) = await new VolumeDataReader(Bucket, new BackupKeys(options.BackupName), encryption).ReadAsync(cancellationToken).ConfigureAwait(false);
        var archive = await Bucket.OpenArchiveAsync(options.BackupName, encryption, RequireEncryption, cancellationToken).ConfigureAwait(false);
        var outcome = new RestoreOutcome();
        await using var records = await RestoreRecords.BeginAsync(CompanionStore ?? Store, Store, keys, options, Time, cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (var warning in warnings)
            {
                outcome.Warnings.AddVelero(warning);
                await records.Log.WarningAsync(warning, cancellationToken).ConfigureAwait(false);
            }

            await new RestoreRun(Cluster, options, volumes, outcome, Time).RunAsync(archive, records.Log, OnProgress, BeforeFinalizing, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (outcome.HasBegun)
        {
            outcome.FailureReason = failure switch
            {
                OperationCanceledException => "the restore was cancelled",
                AeosException named => named.Cause,
                KubernetesException named => named.Cause,
                _ => failure.Message,
            };
            outcome.Errors.AddVelero(outcome.FailureReason);
            Recorded = await records.CommitAsync(outcome, started).ConfigureAwait(false);
            throw;
        }

        Recorded = await records.CommitAsync(outcome, started).ConfigureAwait(false);
        return (Recorded, outcome);
    }

    private string StartOf(RestoreOptions options) => options.Resource?.Status.StartTimestamp ?? TimestampText.Format(Time.GetUtcNow());

    private async Task RefuseUsedNameAsync(RestoreKeys keys, CancellationToken cancellationToken)
    {
        await foreach (var there in Store.ListAsync(keys.Folder, cancellationToken).ConfigureAwait(false))
        {
            throw new RestoreRefusedException(
                $"there is a restore {Printable.Quote(keys.Name)} in the location already: \"{there}\"", "Choose another name, or remove it with \"aeos restore delete\".");
        }
    }
}
