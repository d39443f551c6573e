using static Aeos.Server.Definitions.CommonSchemas;
using static Aeos.Server.Definitions.SchemaWords;

namespace Aeos.Server.Definitions.Kinds;

/// <summary>DataDownload: a volume that Velero's data mover fills. Aeos fills none; the official client lists them.</summary>
internal static class DataDownloadDefinition
{
    public static ResourceDefinition Value { get; } = new("DataDownload", "datadownloads", Spec(), Status())
    {
        Version = "v2alpha1",
        Description = "A volume, filled with the copy of a snapshot.",
        Columns =
        [
            new("Status", "string", ".status.phase"),
            new("Started", "date", ".status.startTimestamp"),
            new("Bytes Done", "integer", ".status.progress.bytesDone"),
            new("Total Bytes", "integer", ".status.progress.totalBytes"),
            new("Storage Location", "string", ".spec.backupStorageLocation"),
            PrinterColumn.Age,
            new("Node", "string", ".status.node"),
        ],
    };

    private static Schema Spec() => Object(
        "Which volume, and where from.",
        ("backupStorageLocation", Text("The location that it comes from.").Required()),
        ("cancel", Switch("Whether it is to be given up.")),
        ("dataMoverConfig", Map("The data mover's settings.")),
        ("datamover", Text("The data mover; absent: Velero's own.")),
        ("nodeOS", Choice("The operating system that the volume is for.", "auto", "linux", "windows")),
        ("operationTimeout", Duration("How long it may take.").Required()),
        ("snapshotID", Text("The copy's name in the repository.").Required()),
        ("snapshotSize", Large("The copy's size in bytes.")),
        ("sourceNamespace", Text("The namespace that it was copied from.").Required()),
        ("targetVolume", Object(
            "The volume.",
            ("namespace", Text("The claim's namespace.").Required()),
            ("pv", Text("The volume.").Required()),
            ("pvc", Text("The claim.").Required())).Required()));

    private static Schema Status() => Object(
        "How far it is.",
        [
            .. CopyProgress(),
            ("acceptedByNode", Text("The node that took it.")),
            ("node", Text("The node that copies it.")),
        ]);
}
