using Aeos.Backup.Backups.Selecting;
using Aeos.Backup.Hooks;
using Aeos.Backup.Reporting;
using Aeos.Kubernetes;
using Aeos.ObjectStore;
using Aeos.Velero.Archive;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Backups;

/// <summary>
/// Backs a cluster up into a bucket, in Velero's layout and format (Velero 1.18): list pages flow through tar, gzip and encryption into the store.
/// The document comes last: a backup without one is none.
/// </summary>
/// <param name="cluster">The cluster.</param>
/// <param name="store">The bare store, with keys relative to the location's prefix.</param>
/// <param name="domain">What messages are bound to besides their key (<c>encryptionDomain</c>); null for nothing.</param>
/// <param name="time">The clock.</param>
public sealed class BackupEngine(KubernetesClient cluster, IObjectStore store, string? domain, TimeProvider time)
{
    /// <summary>Backs up.</summary>
    /// <param name="request">What the backup is to be.</param>
    /// <param name="progress">Told how far it is, for each item; null: nobody.</param>
    /// <param name="cancellationToken">Cancels it: nothing stays in the bucket then.</param>
    /// <exception cref="AeosException">The name is none or taken, the spec is not possible, or the store failed: nothing stays in the bucket.</exception>
    /// <exception cref="Kubernetes.Errors.KubernetesException">The cluster cannot be read at all: nothing stays in the bucket.</exception>
    public async Task<BackupOutcome> RunAsync(BackupRequest request, IProgress<BackupStep>? progress, CancellationToken cancellationToken)
        => await RunAsync(await PlanAsync(request, cancellationToken).ConfigureAwait(false), progress, null, cancellationToken).ConfigureAwait(false);

    /// <summary>What of a spec is not possible in any cluster; empty: nothing.</summary>
    public static IReadOnlyList<string> Problems(BackupSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return [.. BackupValidation.Check(spec), .. BackupHookCheck.Problems(spec.Hooks)];
    }

    /// <summary>Finds out what a backup comes to in this cluster; writes nothing.</summary>
    /// <param name="request">What the backup is to be.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AeosException">The name is none or taken, or the spec is not possible.</exception>
    /// <exception cref="Kubernetes.Errors.KubernetesException">The cluster cannot be read at all.</exception>
    public async Task<BackupPlan> PlanAsync(BackupRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var target = TargetOf(request);
        if (request is { Spec.Encryption: { Enabled: true } or { SecretName.Length: > 0 }, Encryption: null })
        {
            BackupPlan.Refuse(request, ["spec.encryption asks for encryption, and nothing says with which key"]);
        }

        BackupPlan.Refuse(request, Problems(request.Spec));
        await target.RequireFreeNameAsync(cancellationToken).ConfigureAwait(false);
        return await BackupPlan.MakeAsync(cluster, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Backs up as planned.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="progress">Told how far it is, for each item; null: nobody.</param>
    /// <param name="beforeDocument">
    /// Asked once all but the document is in the bucket, for the document that is to be written; when it throws, nothing stays in the bucket. Null: the engine's own is written.
    /// </param>
    /// <param name="cancellationToken">Cancels it: nothing stays in the bucket then.</param>
    /// <exception cref="AeosException">The store failed: nothing stays in the bucket.</exception>
    /// <exception cref="Kubernetes.Errors.KubernetesException">The cluster cannot be read at all: nothing stays in the bucket.</exception>
    public async Task<BackupOutcome> RunAsync(
        BackupPlan plan,
        IProgress<BackupStep>? progress,
        Func<BackupDocument, CancellationToken, Task<BackupDocument>>? beforeDocument,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var target = TargetOf(plan.Request);
        try
        {
            return await WriteAsync(plan, target, progress, beforeDocument, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await target.RemoveAsync().ConfigureAwait(false);
            throw;
        }
    }

    private BackupTarget TargetOf(BackupRequest request) => new(store, domain, request.Encryption, new BackupKeys(OperationName.Checked(request.Name, "backup")));

    private async Task<BackupOutcome> WriteAsync(
        BackupPlan plan,
        BackupTarget target,
        IProgress<BackupStep>? progress,
        Func<BackupDocument, CancellationToken, Task<BackupDocument>>? beforeDocument,
        CancellationToken cancellationToken)
    {
        var began = time.GetUtcNow();
        await using var logText = new GzipObject(await target.CreateAsync(target.Keys.Logs, cancellationToken).ConfigureAwait(false));
        await using var listText = new GzipObject(await target.CreateAsync(target.Keys.ResourceList, cancellationToken).ConfigureAwait(false));
        await using var volumesText = new GzipObject(await target.CreateAsync(target.Keys.VolumeInfo, cancellationToken).ConfigureAwait(false));
        await using var log = new OperationLog(logText.Content, "backup", $"{plan.Request.Namespace}/{plan.Request.Name}", time);
        var (list, volumes) = (new ResourceListText(listText), new VolumeInfoText(volumesText));
        await log.InfoAsync($"Backing up {cluster.Connection.Server} (Kubernetes {plan.Version.GitVersion})", cancellationToken).ConfigureAwait(false);

        var recorder = await WriteArchiveAsync(plan, target, log, archive => new ItemRecorder(archive, list, volumes, log, progress), cancellationToken).ConfigureAwait(false);
        await list.CommitAsync(cancellationToken).ConfigureAwait(false);
        await volumes.CommitAsync(cancellationToken).ConfigureAwait(false);
        await log.InfoAsync($"Backed up a total of {recorder.Items} items", cancellationToken).ConfigureAwait(false);
        await log.CompleteAsync().ConfigureAwait(false);
        await logText.CommitAsync(cancellationToken).ConfigureAwait(false);
        await PutAsync(target.Keys.Results, output => recorder.Results.WriteToAsync(output, cancellationToken)).ConfigureAwait(false);

        // What only plugins and volume data fill: readers expect them, though empty.
        foreach (var key in (string[])[target.Keys.ItemOperations, target.Keys.PodVolumeBackups, target.Keys.VolumeSnapshots])
        {
            await PutAsync(key, output => output.WriteAsync("[]"u8.ToArray(), cancellationToken).AsTask()).ConfigureAwait(false);
        }

        var document = BackupDocuments.Create(plan, recorder, began, time.GetUtcNow());
        document = beforeDocument is null ? document : await beforeDocument(document, cancellationToken).ConfigureAwait(false);
        var writer = await target.CreateAsync(target.Keys.Document, cancellationToken).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            await writer.WriteAsync(document.ToJson(), cancellationToken).ConfigureAwait(false);
            await writer.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        return new BackupOutcome(document, recorder.Results);

        async Task PutAsync(string key, Func<Stream, Task> write)
            => await GzipObject.PutAsync(await target.CreateAsync(key, cancellationToken).ConfigureAwait(false), write, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ItemRecorder> WriteArchiveAsync(
        BackupPlan plan, BackupTarget target, OperationLog log, Func<ArchiveWriter, ItemRecorder> record, CancellationToken cancellationToken)
    {
        var writer = await target.CreateAsync(target.Keys.Archive, cancellationToken).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            var archive = await ArchiveWriter.BeginAsync(writer, time, cancellationToken).ConfigureAwait(false);
            await using (archive.ConfigureAwait(false))
            {
                var recorder = record(archive);
                var journal = new BackupHookJournal(recorder.Results, new OperationJournal(log));
                var hooks = new BackupPodHooks(new BackupHookPlan(plan.Request.Spec.Hooks, plan.Catalog), new HookRunner(cluster, journal), journal, recorder.Hooks);
                await new ItemCollector(cluster, plan, recorder, hooks).RunAsync(cancellationToken).ConfigureAwait(false);
                await archive.CompleteAsync(cancellationToken).ConfigureAwait(false);
                await writer.CommitAsync(cancellationToken).ConfigureAwait(false);
                return recorder;
            }
        }
    }
}
