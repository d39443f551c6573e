using System.Globalization;
using Aeos.Backup.Reading;
using Aeos.ObjectStore.Locations;
using Aeos.Server.Controllers;
using Aeos.Server.Downloads.Addresses;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Downloads.Requests;

/// <summary>
/// Answers DownloadRequests with an address, and deletes them when it has expired (Velero 1.18, pkg/controller/download_request_controller.go). What cannot be answered is left
/// without an address, as Velero leaves it, and deleted at the same time.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="open">Opens a location.</param>
/// <param name="addresses">Makes addresses of the server's own; null: it serves no downloads.</param>
internal sealed partial class DownloadRequestController(
    ServerContext server, Func<BackupStorageLocationDocument, CancellationToken, Task<BareLocation>> open, SignedAddresses? addresses) : IReconciler
{
    /// <summary>Velero's name for it.</summary>
    public const string Name = "download-request";

    /// <summary>How many requests at once: a store that hangs must not keep others from their answer.</summary>
    public const int Workers = 4;

    private readonly ILogger _log = server.Logs.CreateLogger(Name);

    public async Task<TimeSpan?> ReconcileAsync(string name, CancellationToken cancellationToken)
    {
        if (await server.DownloadRequests.TryGetAsync(name, cancellationToken).ConfigureAwait(false) is not { } request)
        {
            return null;
        }

        var expiration = Expiration(request);
        if (expiration < server.Time.GetUtcNow())
        {
            await server.DownloadRequests.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
            return null;
        }

        if (request.Status.Phase != DownloadRequestPhase.Processed)
        {
            if (expiration is null)
            {
                // First, so that a request that never succeeds has its end too.
                request = await ChangeAsync(request, request.Status, cancellationToken).ConfigureAwait(false);
            }

            if (await FindUrlAsync(request.Spec.Target, cancellationToken).ConfigureAwait(false) is { } url)
            {
                request = await ChangeAsync(
                    request, request.Status with { Phase = DownloadRequestPhase.Processed, DownloadUrl = url }, cancellationToken).ConfigureAwait(false);
            }
        }

        var left = (Expiration(request) ?? server.Time.GetUtcNow()) - server.Time.GetUtcNow();
        return (left > TimeSpan.Zero ? left : TimeSpan.Zero) + TimeSpan.FromSeconds(1);
    }

    private static DateTimeOffset? Expiration(DownloadRequestDocument request) => DateTimeOffset.TryParse(
        request.Status.Expiration, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read) ? read : null;

    private Task<DownloadRequestDocument> ChangeAsync(DownloadRequestDocument request, DownloadRequestStatus status, CancellationToken cancellationToken)
    {
        var expiration = TimestampText.Format(server.Time.GetUtcNow() + SignedAddresses.Lifetime);
        return server.DownloadRequests.PatchAsync(request, request with { Status = status with { Expiration = expiration } }, cancellationToken);
    }

    private async Task<string?> FindUrlAsync(DownloadTarget target, CancellationToken cancellationToken)
    {
        if (TargetKeys.Find(target) is not { } key)
        {
            Unanswered(target.Kind, target.Name, "nothing of this kind is known");
            return null;
        }

        var backupName = target.Name;
        if (TargetKeys.IsOfRestore(target))
        {
            if (await server.Restores.TryGetAsync(target.Name, cancellationToken).ConfigureAwait(false) is not { } restore)
            {
                Unanswered(target.Kind, target.Name, "there is no such Restore");
                return null;
            }

            backupName = restore.Spec.BackupName ?? "";
        }

        if (backupName.Length == 0 || await server.Backups.TryGetAsync(backupName, cancellationToken).ConfigureAwait(false) is not { } backup)
        {
            Unanswered(target.Kind, target.Name, $"there is no Backup \"{backupName}\"");
            return null;
        }

        var locationName = backup.Spec.StorageLocation ?? "";
        if (locationName.Length == 0
            || await server.BackupStorageLocations.TryGetAsync(locationName, cancellationToken).ConfigureAwait(false) is not { } document)
        {
            Unanswered(target.Kind, target.Name, $"there is no BackupStorageLocation \"{locationName}\"");
            return null;
        }

        try
        {
            return await FindUrlAsync(target, key, document, backup, cancellationToken).ConfigureAwait(false);
        }
        catch (LocationRefusedException refusal)
        {
            // Nothing that time would cure.
            Unanswered(target.Kind, target.Name, refusal.Message);
            return null;
        }
    }

    private async Task<string?> FindUrlAsync(
        DownloadTarget target, string key, BackupStorageLocationDocument document, BackupDocument backup, CancellationToken cancellationToken)
    {
        var location = await open(document, cancellationToken).ConfigureAwait(false);
        await using (location.ConfigureAwait(false))
        {
            var address = new DownloadAddress(document.Metadata.Name, location.Spec.Bucket, key);

            // What must be encrypted is refused by the endpoint when it is not, with the reason.
            var mustBeEncrypted = address.IsArchive
                ? server.Options.RequireEncryption || backup.Status.Encryption is { IsEncrypted: true }
                : BucketReader.MustBeEncrypted(key, backup.Status.Encryption);
            var url = mustBeEncrypted ? null : await StoreUrl.FindAsync(location.Store, key, SignedAddresses.Lifetime, cancellationToken).ConfigureAwait(false);
            if (url is null && addresses is null)
            {
                Unanswered(target.Kind, target.Name, "only the server itself could hand it out, and --download-address is empty");
            }

            return url ?? addresses?.Create(address);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A DownloadRequest for {Kind} of {Target} cannot be answered: {Reason}")]
    private partial void Unanswered(string kind, string target, string reason);
}
