using System.Globalization;
using Aeos.Cli.Listings;
using Aeos.Encryption;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary>Backups in Velero's columns, and one more: what the document says of encryption.</summary>
internal static class BackupTable
{
    public static string Of(IEnumerable<BackupDocument> documents, DateTimeOffset now)
    {
        var table = new Table("NAME", "STATUS", "ERRORS", "WARNINGS", "CREATED", "EXPIRES", "STORAGE LOCATION", "QUEUE POSITION", "SELECTOR", "ENCRYPTED");
        foreach (var (metadata, spec, status) in documents.Select(static document => (document.Metadata, document.Spec, document.Status)))
        {
            table.Add(
                Printable.Escape(metadata.Name),
                Printable.Escape(status.Phase ?? "New"),
                (status.Errors ?? 0).ToString(CultureInfo.InvariantCulture),
                (status.Warnings ?? 0).ToString(CultureInfo.InvariantCulture),
                TimeText.Of(status.StartTimestamp),
                TimeText.FromNow(status.Expiration, now),
                Printable.Escape(spec.StorageLocation ?? ""),
                status.QueuePosition is > 0 and var position ? position.ToString(CultureInfo.InvariantCulture) : "",
                Printable.Escape(SelectorText.Of(spec.LabelSelector)),
                SaidEncryption.Word(status));
        }

        return table.ToString();
    }
}
