using Aeos.Backup.Backups;
using Aeos.Kubernetes.Errors;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Backups;

/// <summary>
/// Takes out of the bucket what a backup left that did not come to its end: without a document that is no backup. Until that is done the Backup has an annotation:
/// the bucket may be away, and the server that looks again may be another one.
/// </summary>
/// <param name="server">The server.</param>
internal sealed partial class BackupRemains(ServerContext server)
{
    /// <summary>On a Backup that failed and may have left objects in the bucket.</summary>
    public const string Annotation = "aeos.io/objects-left";

    private readonly ILogger _log = server.Logs.CreateLogger("backup-remains");

    /// <summary>Whether something of this backup may be in the bucket still.</summary>
    public static bool AreLeft(BackupDocument backup) => backup.Metadata.Annotations?.ContainsKey(Annotation) == true;

    /// <summary>A Backup that fails: with the annotation, if it was begun.</summary>
    public static BackupDocument Noted(BackupDocument failing) => failing.Status.Phase is BackupPhase.InProgress or BackupPhase.Finalizing or BackupPhase.FinalizingPartiallyFailed
        ? With(failing, static annotations => annotations[Annotation] = "true")
        : failing;

    /// <summary>Takes it out; when that is not possible now, the annotation stays.</summary>
    public async Task RemoveAsync(BackupDocument backup, CancellationToken cancellationToken)
    {
        var name = backup.Metadata.Name;
        try
        {
            await TryRemoveAsync(backup, cancellationToken).ConfigureAwait(false);
            if (await server.Backups.TryGetAsync(name, cancellationToken).ConfigureAwait(false) is { } latest && latest.Metadata.Uid == backup.Metadata.Uid && AreLeft(latest))
            {
                var cleared = With(latest, static annotations => annotations.Remove(Annotation));
                server.BackupInformer.Note(await server.Backups.PatchUnchangedAsync(latest, cleared, cancellationToken).ConfigureAwait(false));
            }
        }
        catch (AeosException failure)
        {
            NotRemoved(name, failure.Cause);
        }
        catch (KubernetesException failure)
        {
            NotRemoved(name, failure.Cause);
        }
    }

    private static BackupDocument With(BackupDocument backup, Action<Dictionary<string, string>> change)
    {
        var annotations = new Dictionary<string, string>(backup.Metadata.Annotations ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        change(annotations);
        return backup with { Metadata = backup.Metadata with { Annotations = annotations.Count > 0 ? annotations : null } };
    }

    private async Task TryRemoveAsync(BackupDocument backup, CancellationToken cancellationToken)
    {
        if (await server.BackupStorageLocations.TryGetAsync(backup.Spec.StorageLocation ?? "", cancellationToken).ConfigureAwait(false) is not { } location)
        {
            return;
        }

        var keys = new BackupKeys(backup.Metadata.Name);
        await using var opened = await server.Locations.OpenAsync(location, cancellationToken).ConfigureAwait(false);

        // With a document it is a whole backup, and so not the one that was in progress here.
        if (!await opened.Store.ExistsAsync(keys.Document, cancellationToken).ConfigureAwait(false)
            && await BackupRemoval.RunIfAnyAsync(opened.Store, keys.Name, cancellationToken).ConfigureAwait(false) is > 0 and var objects)
        {
            Removed(objects, keys.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Objects} objects that the unfinished backup {Backup} left in its location")]
    private partial void Removed(int objects, string backup);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What the unfinished backup {Backup} left in its location could not be removed, which is tried again: {Reason}")]
    private partial void NotRemoved(string backup, string reason);
}
