using static Aeos.Server.Definitions.CommonSchemas;
using static Aeos.Server.Definitions.SchemaWords;

namespace Aeos.Server.Definitions.Kinds;

/// <summary>PodVolumeRestore: a pod's volume that Velero's node agent fills. Aeos fills none; the official client lists them.</summary>
internal static class PodVolumeRestoreDefinition
{
    public static ResourceDefinition Value { get; } = new("PodVolumeRestore", "podvolumerestores", Spec(), Status())
    {
        Description = "A pod's volume, filled from the bucket.",
        Columns =
        [
            new("Status", "string", ".status.phase"),
            new("Started", "date", ".status.startTimestamp"),
            new("Bytes Done", "integer", ".status.progress.bytesDone"),
            new("Total Bytes", "integer", ".status.progress.totalBytes"),
            new("Storage Location", "string", ".spec.backupStorageLocation"),
            PrinterColumn.Age,
            new("Node", "string", ".status.node"),
            new("Uploader Type", "string", ".spec.uploaderType"),
        ],
    };

    private static Schema Spec() => Object(
        "Which volume, and where from.",
        ("backupStorageLocation", Text("The location that it comes from.").Required()),
        ("cancel", Switch("Whether it is to be given up.")),
        ("pod", Pod("The pod.").Required()),
        ("repoIdentifier", Text("The repository's name.").Required()),
        ("snapshotID", Text("The copy's name in the repository.").Required()),
        ("snapshotSize", Large("The copy's size in bytes.")),
        ("sourceNamespace", Text("The namespace that it was copied from.").Required()),
        ("uploaderSettings", Map("Settings of what copies it.").OrNull()),
        ("uploaderType", Uploader()),
        ("volume", Text("The volume's name in the pod.").Required()));

    private static Schema Status() => Object("How far it is.", [.. CopyProgress(), ("node", Text("The node that copies it."))]);
}
