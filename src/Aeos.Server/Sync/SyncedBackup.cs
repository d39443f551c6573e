using System.Globalization;
using Aeos.Backup;
using Aeos.Encryption;
using Aeos.Velero.Resources;

namespace Aeos.Server.Sync;

/// <summary>
/// Makes a Backup of a document in a bucket. Whoever can write there has written it: nothing of it may make the server do anything, so it has to be of a backup
/// that has ended, and of its metadata only labels, annotations and owners that exist are taken.
/// </summary>
internal static class SyncedBackup
{
    private const string LocationLabel = "velero.io/storage-location";

    // Velero's phases in which its asynchronous plugins work.
    private const string Waiting = "WaitingForPluginOperations";
    private const string WaitingPartiallyFailed = "WaitingForPluginOperationsPartiallyFailed";

    /// <summary>Makes it.</summary>
    /// <param name="document">The document.</param>
    /// <param name="name">Its folder's name.</param>
    /// <param name="location">The location, as it is called in this cluster.</param>
    /// <param name="server">The server.</param>
    /// <returns>The Backup; null: it has not ended, and is left alone.</returns>
    /// <exception cref="AeosException">It is not a backup's that a server has made.</exception>
    public static BackupDocument? Of(BackupDocument document, string name, string location, ServerContext server)
    {
        if (document.Metadata.Name != name)
        {
            throw new AeosException(
                $"the document in the folder of the backup {Printable.Quote(name)} is of another one, {Printable.Quote(document.Metadata.Name)}",
                "Somebody has put it there: remove the folder, if it is not of your making.");
        }

        if (PhaseOf(document, server.Time.GetUtcNow()) is not { } phase)
        {
            return null;
        }

        var labels = new Dictionary<string, string>(document.Metadata.Labels ?? new Dictionary<string, string>(), StringComparer.Ordinal)
        {
            [LocationLabel] = LabelValue.Of(location),
        };
        return new BackupDocument
        {
            Metadata = new DocumentMetadata
            {
                Name = name,
                Namespace = server.Options.Namespace,
                Labels = labels,
                Annotations = document.Metadata.Annotations,
                OwnerReferences = OwnersOf(document, server),
            },
            Spec = document.Spec with { StorageLocation = location },
            Status = document.Status with { Phase = phase, QueuePosition = null },
        };
    }

    private static string? PhaseOf(BackupDocument document, DateTimeOffset now) => document.Status.Phase switch
    {
        BackupPhase.Completed or BackupPhase.PartiallyFailed or BackupPhase.Failed => document.Status.Phase,
        BackupPhase.Finalizing or BackupPhase.FinalizingPartiallyFailed or Waiting or WaitingPartiallyFailed => HasExpired(document, now) ? BackupPhase.PartiallyFailed : null,
        var other => throw new AeosException(
            $"the document of the backup {Printable.Quote(document.Metadata.Name)} has the phase {Printable.Quote(other ?? "")}, in which no backup is in a bucket",
            "Somebody has put it there: remove the folder, if it is not of your making."),
    };

    private static bool HasExpired(BackupDocument document, DateTimeOffset now) => DateTimeOffset.TryParse(
        document.Status.Expiration, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiration) && expiration <= now;

    // An owner that is not there would take the Backup away at once.
    private static DocumentOwner[]? OwnersOf(BackupDocument document, ServerContext server)
    {
        DocumentOwner[] found =
        [
            .. (document.Metadata.OwnerReferences ?? [])
                .Where(owner => owner is { Kind: "Schedule", ApiVersion: BackupDocument.VeleroVersion } && server.ScheduleInformer.Find(owner.Name)?.Metadata.Uid == owner.Uid)
                .Select(static owner => new DocumentOwner { ApiVersion = owner.ApiVersion, Kind = owner.Kind, Name = owner.Name, Uid = owner.Uid, Controller = owner.Controller }),
        ];
        return found.Length > 0 ? found : null;
    }
}
