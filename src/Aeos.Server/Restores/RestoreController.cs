using Aeos.Server.Controllers;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Restores;

/// <summary>
/// Makes restores, one after another (Velero 1.18, pkg/controller/restore_controller.go and restore_finalizer_controller.go), and ends those that a server left.
/// </summary>
internal sealed class RestoreController : IReconciler
{
    public const string Name = "restore";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly ServerContext _server;
    private readonly ILogger _log;
    private readonly RestoreFinish _finish;
    private readonly RestoreRecovery _recovery;

    // Those that are Finalizing and whose bucket is away, and since when. There is one worker.
    private readonly Dictionary<string, long> _away = new(StringComparer.Ordinal);
    private volatile string? _running;

    public RestoreController(ServerContext server)
    {
        (_server, _log) = (server, server.Logs.CreateLogger(Name));
        _finish = new RestoreFinish(server, _log);
        _recovery = new RestoreRecovery(server);
    }

    /// <summary>Whether the restore of this name is being worked on.</summary>
    public bool IsRunning(string name) => _running == name;

    /// <inheritdoc/>
    public async Task<TimeSpan?> ReconcileAsync(string name, CancellationToken cancellationToken)
    {
        if (_server.RestoreInformer.Find(name) is not { } known || RestorePhase.IsEnd(known.Status.Phase))
        {
            return null;
        }

        // Before it is read: a deletion that comes afterwards waits for the end.
        _running = name;
        try
        {
            // Cached states may be old.
            return await _server.Restores.TryGetAsync(name, cancellationToken).ConfigureAwait(false) is { Metadata.DeletionTimestamp: null } restore
                ? await WorkAsync(restore, cancellationToken).ConfigureAwait(false)
                : null;
        }
        finally
        {
            _running = null;
        }
    }

    private async Task<TimeSpan?> WorkAsync(RestoreDocument restore, CancellationToken cancellationToken)
    {
        switch (restore.Status.Phase)
        {
            case null or "" or RestorePhase.New:
                return await StartAsync(restore, cancellationToken).ConfigureAwait(false);
            case RestorePhase.InProgress or RestorePhase.Finalizing or RestorePhase.FinalizingPartiallyFailed:
                // One that this server makes is not seen here: it is worked on.
                await EndAsync(restore, cancellationToken).ConfigureAwait(false);
                return null;
            default:
                return null;
        }
    }

    // A bucket that is away may come back; one that does not must not keep the Restore from its end for ever.
    private async Task EndAsync(RestoreDocument restore, CancellationToken cancellationToken)
    {
        var name = restore.Metadata.Name;
        if (!_away.TryGetValue(name, out var since))
        {
            since = _server.Time.GetTimestamp();
        }

        try
        {
            await _recovery.EndAsync(restore, isLast: _server.Time.GetElapsedTime(since) >= _server.Options.ResourceTimeout, cancellationToken).ConfigureAwait(false);
            _away.Remove(name);
        }
        catch (AeosException)
        {
            _away[name] = since;
            throw;
        }
    }

    private async Task<TimeSpan?> StartAsync(RestoreDocument added, CancellationToken cancellationToken)
    {
        var restore = await RestoreFinalizer.AddAsync(added, _server, cancellationToken).ConfigureAwait(false);
        var check = await new RestoreCheck(_server).RunAsync(restore.Spec, cancellationToken).ConfigureAwait(false);
        if (check.IsEarly)
        {
            return Soon;
        }

        if (check.Problems.Count > 0)
        {
            await _finish.RefuseAsync(restore, check, cancellationToken).ConfigureAwait(false);
            return null;
        }

        return await new RestoreRun(_server, _log, _finish, check).RunAsync(restore, cancellationToken).ConfigureAwait(false) ? null : Soon;
    }
}
