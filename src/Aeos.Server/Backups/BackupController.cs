using Aeos.Backup.Backups;
using Aeos.Kubernetes.Errors;
using Aeos.Server.Controllers;
using Aeos.Server.Schedules;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Backups;

/// <summary>Makes the backups whose turn it is (Velero 1.18, pkg/controller/backup_controller.go), and ends those that were finalizing when a server stopped.</summary>
internal sealed partial class BackupController : IReconciler
{
    public const string Name = "backup";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly ServerContext _server;
    private readonly ILogger _log;
    private readonly BackupFinish _finish;
    private readonly BackupRecovery _recovery;

    public BackupController(ServerContext server)
    {
        (_server, _log) = (server, server.Logs.CreateLogger(Name));
        _finish = new BackupFinish(server, _log);
        _recovery = new BackupRecovery(server);
    }

    /// <inheritdoc/>
    public async Task<TimeSpan?> ReconcileAsync(string name, CancellationToken cancellationToken)
    {
        if (_server.BackupInformer.Find(name) is { } known && BackupPhase.IsEnd(known.Status.Phase) && !BackupRemains.AreLeft(known))
        {
            return null;
        }

        // Other cached states may be old: what is begun twice would be two backups of one name.
        switch (await _server.Backups.TryGetAsync(name, cancellationToken).ConfigureAwait(false))
        {
            case { Status.Phase: BackupPhase.ReadyToStart } ready:
                return await StartAsync(ready, cancellationToken).ConfigureAwait(false);
            case { Status.Phase: BackupPhase.Finalizing or BackupPhase.FinalizingPartiallyFailed } finalizing:
                await _finish.ResumeAsync(finalizing, cancellationToken).ConfigureAwait(false);
                return null;
            case { Status.Phase: BackupPhase.InProgress } left:
                // One that this server makes is not seen here: it is worked on. How this one ended could not be said when it did.
                await _recovery.EndAsync(left, "that no server works on", cancellationToken).ConfigureAwait(false);
                return null;
            case { Status.Phase: BackupPhase.Failed } failed when BackupRemains.AreLeft(failed):
                await _server.Remains.RemoveAsync(failed, cancellationToken).ConfigureAwait(false);
                return null;
            default:
                return null;
        }
    }

    private async Task<TimeSpan?> StartAsync(BackupDocument backup, CancellationToken cancellationToken)
    {
        var where = BackupLocation.NameFor(backup.Spec, _server);
        var location = await _server.BackupStorageLocations.TryGetAsync(where, cancellationToken).ConfigureAwait(false);
        if (location is { Status.Phase: null or "" })
        {
            // Just created; it is being checked.
            return Soon;
        }

        // The official client drops the field from what it makes of a Schedule.
        var spec = backup.Spec with { Encryption = TemplateEncryption.Of(backup.Spec.Encryption, backup.Metadata) };
        string?[] all = [BackupLocation.Problem(where, location), TemplateEncryption.Problem(backup.Spec.Encryption, backup.Metadata), _server.Encryption.Problem(spec)];
        string[] problems = [.. all.OfType<string>(), .. BackupEngine.Problems(backup.Spec with { StorageLocation = where, Metadata = null })];
        if (problems.Length > 0)
        {
            await _finish.RefuseAsync(backup, where, problems, cancellationToken).ConfigureAwait(false);
            return null;
        }

        // What fails before it is begun says where it would have been: it could not be deleted else.
        var placed = backup with { Spec = backup.Spec with { StorageLocation = where } };
        BackupRun? run = null;
        try
        {
            await using var opened = await _server.Locations.OpenAsync(location!, cancellationToken).ConfigureAwait(false);
            using var encryption = await _server.Encryption.PrepareAsync(spec, cancellationToken).ConfigureAwait(false);
            var engine = new BackupEngine(_server.Engine, opened.Store, opened.Domain, _server.Time);
            var plan = await engine.PlanAsync(RequestOf(backup, spec, where, encryption), cancellationToken).ConfigureAwait(false);
            run = new BackupRun(_server, _log, _finish, engine, plan);
            return await run.RunAsync(backup, cancellationToken).ConfigureAwait(false) ? null : Soon;
        }
        catch (BackupRefusedException refusal)
        {
            await _finish.RefuseAsync(backup, where, refusal.Problems, cancellationToken).ConfigureAwait(false);
        }
        catch (AeosException failure) when (run is null)
        {
            // Before it has begun: no key, no store, or its name is taken.
            await _finish.FailAsync(placed, failure, cancellationToken).ConfigureAwait(false);
        }
        catch (KubernetesApiException failure) when (run is null && !failure.IsConflict)
        {
            await _finish.FailAsync(placed, failure, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (run is null && failure is not (KubernetesException or OperationCanceledException))
        {
            // One that stayed ReadyToStart would keep all others waiting.
            await _finish.FailAsync(placed, failure, cancellationToken).ConfigureAwait(false);
            throw;
        }

        return null;
    }

    private BackupRequest RequestOf(BackupDocument backup, BackupSpec spec, string location, BackupEncryption? encryption) => new()
    {
        Name = backup.Metadata.Name,
        Namespace = _server.Options.Namespace,
        // A Schedule's backups, and those that a client makes of one, have its template's metadata, which has done its work by then.
        Spec = spec with { StorageLocation = location, Metadata = null },
        Labels = backup.Metadata.Labels,
        Annotations = backup.Metadata.Annotations,
        DefaultTtl = _server.Options.DefaultBackupTtl,
        AllApiVersions = _server.Options.EnableApiGroupVersions,
        Encryption = encryption,
    };
}
