using static Aeos.Server.Definitions.SchemaWords;

namespace Aeos.Server.Definitions.Kinds;

/// <summary>DownloadRequest: asks for an address to download an object from.</summary>
internal static class DownloadRequestDefinition
{
    public static ResourceDefinition Value { get; } = new("DownloadRequest", "downloadrequests", Spec(), Status())
    {
        Description = "A request for an address to download an object of a backup or a restore from.",
    };

    private static Schema Spec() => Object(
        "Which object.",
        ("target", Object(
            "Which object of which backup or restore.",
            ("kind", Choice(
                "Which object.",
                "BackupLog", "BackupContents", "BackupVolumeSnapshots", "BackupItemOperations", "BackupResourceList", "BackupResults",
                "RestoreLog", "RestoreResults", "RestoreResourceList", "RestoreItemOperations",
                "CSIBackupVolumeSnapshots", "CSIBackupVolumeSnapshotContents", "BackupVolumeInfos", "RestoreVolumeInfo").Required()),
            ("name", Text("The backup or restore.").Required())).Required()));

    private static Schema Status() => Object(
        "The answer.",
        ("downloadURL", Text("The address.")),
        ("expiration", Time("Until when the address and this request are good.")),
        ("phase", Choice("Whether it is answered.", "New", "Processed")));
}
