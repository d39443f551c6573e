using System.Globalization;
using Aeos.Cli.Listings;
using Aeos.Encryption;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Restores;

/// <summary>Restores in Velero's columns.</summary>
internal static class RestoreTable
{
    public static string Of(IEnumerable<RestoreDocument> documents)
    {
        var table = new Table("NAME", "BACKUP", "STATUS", "STARTED", "COMPLETED", "ERRORS", "WARNINGS", "CREATED", "SELECTOR");
        foreach (var (metadata, spec, status) in documents.Select(static document => (document.Metadata, document.Spec, document.Status)))
        {
            table.Add(
                Printable.Escape(metadata.Name),
                Printable.Escape(spec.BackupName ?? ""),
                Printable.Escape(status.Phase ?? (metadata.CreationTimestamp is null ? "" : RestorePhase.New)),
                TimeText.Of(status.StartTimestamp),
                TimeText.Of(status.CompletionTimestamp),
                (status.Errors ?? 0).ToString(CultureInfo.InvariantCulture),
                (status.Warnings ?? 0).ToString(CultureInfo.InvariantCulture),
                TimeText.Of(metadata.CreationTimestamp),
                Printable.Escape(SelectorText.Of(spec.LabelSelector)));
        }

        return table.ToString();
    }
}
