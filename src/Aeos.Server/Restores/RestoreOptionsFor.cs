using Aeos.Backup.Restores;
using Aeos.Velero.Resources;

namespace Aeos.Server.Restores;

/// <summary>What the engine is told of a Restore in the cluster.</summary>
internal static class RestoreOptionsFor
{
    /// <summary>The Restore itself; how it is restored is left as it is by default.</summary>
    public static RestoreOptions Resource(RestoreDocument restore, ServerContext server) => new()
    {
        Name = restore.Metadata.Name,
        Namespace = server.Options.Namespace,
        Resource = restore,

        // The backup has been found: the engine takes either.
        Spec = restore.Spec with { ScheduleName = null },
    };
}
