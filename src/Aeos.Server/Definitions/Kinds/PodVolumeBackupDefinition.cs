using static Aeos.Server.Definitions.CommonSchemas;
using static Aeos.Server.Definitions.SchemaWords;

namespace Aeos.Server.Definitions.Kinds;

/// <summary>PodVolumeBackup: a copy that Velero's node agent makes of a pod's volume. Aeos makes none; the official client lists them.</summary>
internal static class PodVolumeBackupDefinition
{
    public static ResourceDefinition Value { get; } = new("PodVolumeBackup", "podvolumebackups", Spec(), Status())
    {
        Description = "A copy of a pod's volume into the bucket.",
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
            new("Uploader", "string", ".spec.uploaderType"),
        ],
    };

    private static Schema Spec() => Object(
        "Which volume, and where to.",
        ("backupStorageLocation", Text("The location that it goes to.").Required()),
        ("cancel", Switch("Whether it is to be given up.")),
        ("node", Text("The node that the pod runs on.").Required()),
        ("pod", Pod("The pod.").Required()),
        ("repoIdentifier", Text("The repository's name.").Required()),
        ("tags", Map("What is noted beside the copy.")),
        ("uploaderSettings", Map("Settings of what copies it.").OrNull()),
        ("uploaderType", Uploader()),
        ("volume", Text("The volume's name in the pod.").Required()));

    private static Schema Status() => Object(
        "How far it is.",
        [
            .. CopyProgress(),
            ("incrementalBytes", Large("Bytes that were new.")),
            ("path", Text("Where the volume is on the node.")),
            ("snapshotID", Text("The copy's name in the repository.")),
        ]);
}
