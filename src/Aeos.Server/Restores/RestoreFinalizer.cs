using Aeos.Velero.Resources;

namespace Aeos.Server.Restores;

/// <summary>What keeps a Restore until its objects are out of the bucket.</summary>
internal static class RestoreFinalizer
{
    public const string Name = "restores.velero.io/external-resources-finalizer";

    public static bool IsOn(RestoreDocument restore) => restore.Metadata.Finalizers?.Contains(Name) == true;

    public static Task<RestoreDocument> AddAsync(RestoreDocument restore, ServerContext server, CancellationToken cancellationToken) => IsOn(restore)
        ? Task.FromResult(restore)
        : SetAsync(restore, [.. restore.Metadata.Finalizers ?? [], Name], server, cancellationToken);

    public static Task<RestoreDocument> RemoveAsync(RestoreDocument restore, ServerContext server, CancellationToken cancellationToken)
        => SetAsync(restore, [.. (restore.Metadata.Finalizers ?? []).Where(static other => other != Name)], server, cancellationToken);

    private static Task<RestoreDocument> SetAsync(RestoreDocument restore, string[] finalizers, ServerContext server, CancellationToken cancellationToken)
        => server.Restores.PatchUnchangedAsync(restore, restore with { Metadata = restore.Metadata with { Finalizers = finalizers } }, cancellationToken);
}
