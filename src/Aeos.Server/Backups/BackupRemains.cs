using System.Collections.Concurrent;
using Aeos.Backup.Backups;
using Aeos.Kubernetes.Errors;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Backups;

/// <summary>
/// Takes out of the bucket what a backup left that did not come to its end: without a document that is no backup. While the bucket is away the name is kept, to
/// be tried again; a server that ends meanwhile leaves it to the deletion of the Backup, which takes all of its objects.
/// </summary>
/// <param name="server">The server.</param>
internal sealed partial class BackupRemains(ServerContext server)
{
    private readonly ILogger _log = server.Logs.CreateLogger("backup-remains");
    private readonly ConcurrentDictionary<string, bool> _left = new(StringComparer.Ordinal);

    /// <summary>Whether something of this backup may be in the bucket still.</summary>
    public bool AreLeft(string name) => _left.ContainsKey(name);

    /// <summary>Takes it out, or keeps the name.</summary>
    public async Task RemoveAsync(BackupDocument backup, CancellationToken cancellationToken)
    {
        var name = backup.Metadata.Name;
        try
        {
            await TryRemoveAsync(backup, cancellationToken).ConfigureAwait(false);
            _left.TryRemove(name, out _);
        }
        catch (AeosException failure)
        {
            Keep(name, failure.Cause);
        }
        catch (KubernetesException failure)
        {
            Keep(name, failure.Cause);
        }
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

    private void Keep(string name, string reason)
    {
        if (_left.TryAdd(name, true))
        {
            NotRemoved(name, reason);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Objects} objects that the unfinished backup {Backup} left in its location")]
    private partial void Removed(int objects, string backup);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What the unfinished backup {Backup} left in its location could not be looked for or removed, which is tried again: {Reason}")]
    private partial void NotRemoved(string backup, string reason);
}
