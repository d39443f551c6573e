using Aeos.Cli.Listings;
using Aeos.Encryption;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Locations;

/// <summary>Locations in Velero's columns.</summary>
internal static class BackupLocationTable
{
    private const string Unknown = "Unknown";

    public static string Of(IEnumerable<BackupStorageLocationDocument> documents)
    {
        var table = new Table("NAME", "PROVIDER", "BUCKET/PREFIX", "PHASE", "LAST VALIDATED", "ACCESS MODE", "DEFAULT");
        foreach (var (metadata, spec, status) in documents.Select(static document => (document.Metadata, document.Spec, document.Status)))
        {
            table.Add(
                Printable.Escape(metadata.Name),
                Printable.Escape(spec.Provider),
                Printable.Escape(spec.ObjectStorage is { Prefix.Length: > 0 } storage ? $"{storage.Bucket}/{storage.Prefix}" : spec.ObjectStorage?.Bucket ?? ""),
                Printable.Escape(status.Phase is { Length: > 0 } phase ? phase : Unknown),
                status.LastValidationTime is { Length: > 0 } last ? TimeText.Of(last) : Unknown,
                Printable.Escape(spec.AccessMode is { Length: > 0 } mode ? mode : LocationAccess.ReadWrite),
                spec.Default == true ? "true" : "");
        }

        return table.ToString();
    }
}
