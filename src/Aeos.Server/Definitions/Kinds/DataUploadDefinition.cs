using static Aeos.Server.Definitions.CommonSchemas;
using static Aeos.Server.Definitions.SchemaWords;

namespace Aeos.Server.Definitions.Kinds;

/// <summary>DataUpload: a snapshot that Velero's data mover copies. Aeos copies none; the official client lists them.</summary>
internal static class DataUploadDefinition
{
    public static ResourceDefinition Value { get; } = new("DataUpload", "datauploads", Spec(), Status())
    {
        Version = "v2alpha1",
        Description = "A copy of a snapshot into the bucket.",
        Columns =
        [
            new("Status", "string", ".status.phase"),
            new("Started", "date", ".status.startTimestamp"),
            new("Bytes Done", "integer", ".status.progress.bytesDone"),
            new("Total Bytes", "integer", ".status.progress.totalBytes"),
            new("Incremental Bytes", "integer", ".status.incrementalBytes", Priority: 10),
            new("Storage Location", "string", ".spec.backupStorageLocation"),
            PrinterColumn.Age,
            new("Node", "string", ".status.node"),
        ],
    };

    private static Schema Spec() => Object(
        "Which snapshot, and where to.",
        ("backupStorageLocation", Text("The location that it goes to.").Required()),
        ("cancel", Switch("Whether it is to be given up.")),
        ("csiSnapshot", Object(
            "The snapshot, where it is a CSI driver's.",
            ("driver", Text("The driver.")),
            ("snapshotClass", Text("The snapshot's class.")),
            ("storageClass", Text("The storage class that it is opened with.").Required()),
            ("volumeSnapshot", Text("The VolumeSnapshot.").Required())).OrNull()),
        ("dataMoverConfig", Map("The data mover's settings.").OrNull()),
        ("datamover", Text("The data mover; absent: Velero's own.")),
        ("operationTimeout", Duration("How long it may take.").Required()),
        ("snapshotType", Text("What kind of snapshot it is.").Required()),
        ("sourceNamespace", Text("The claim's namespace.").Required()),
        ("sourcePVC", Text("The claim.").Required()));

    private static Schema Status() => Object(
        "How far it is.",
        [
            .. CopyProgress(),
            ("acceptedByNode", Text("The node that took it.")),
            ("dataMoverResult", Map("What the data mover says of it.").OrNull()),
            ("incrementalBytes", Large("Bytes that were new.")),
            ("node", Text("The node that copies it.")),
            ("nodeOS", Choice("The node's operating system.", "auto", "linux", "windows")),
            ("path", Text("Where the snapshot is on the node.")),
            ("snapshotID", Text("The copy's name in the repository.")),
        ]);
}
