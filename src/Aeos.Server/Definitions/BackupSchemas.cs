using static Aeos.Server.Definitions.CommonSchemas;
using static Aeos.Server.Definitions.SchemaWords;

namespace Aeos.Server.Definitions;

/// <summary>What is asked for of a backup: a Backup's spec and a Schedule's template.</summary>
internal static class BackupSchemas
{
    public static Schema Spec(string description) => Object(
        description,
        ("csiSnapshotTimeout", Duration("How long a CSI snapshot is waited for.")),
        ("datamover", Text("What copies the data of snapshots into the bucket.")),
        ("defaultVolumesToFsBackup", Switch("Whether volumes are read through the pods' nodes.").OrNull()),
        ("defaultVolumesToRestic", Switch("The old name of defaultVolumesToFsBackup.").OrNull()),
        ("encryption", Encryption()),
        ("excludedClusterScopedResources", Texts("Types without namespaces that are left out; *: all.").OrNull()),
        ("excludedNamespaceScopedResources", Texts("Types with namespaces that are left out; *: all.").OrNull()),
        ("excludedNamespaces", Texts("Namespaces that are left out.").OrNull()),
        ("excludedResources", Texts("Types that are left out.").OrNull()),
        ("hooks", Object("What is run in pods while they are backed up.", ("resources", List("Hooks, and which items they are for.", Hook()).OrNull()))),
        ("includeClusterResources", Switch("Whether items in no namespace are in it; absent: those that belong to what is.").OrNull()),
        ("includedClusterScopedResources", Texts("Types without namespaces that are in it; absent: those that belong to what is.").OrNull()),
        ("includedNamespaceScopedResources", Texts("Types with namespaces that are in it; absent or *: all.").OrNull()),
        ("includedNamespaces", Texts("Namespaces that are in it; absent, empty or *: all.").OrNull()),
        ("includedResources", Texts("Types that are in it; absent, empty or *: all.").OrNull()),
        ("itemOperationTimeout", Duration("How long operations of plugins are waited for.")),
        ("labelSelector", LabelSelector("Labels that items must have.").OrNull()),
        ("metadata", Object("What the Backup of a Schedule gets.", ("labels", Map("Its labels.")))),
        ("orLabelSelectors", SelectorChoice("an item")),
        ("orderedResources", Map("Items that come first, by the plural of their type: NAMESPACE/NAME or NAME, with commas between.").OrNull()),
        ("resourcePolicy", Reference("The config map with resource policies.")),
        ("snapshotMoveData", Switch("Whether the data of snapshots is copied into the bucket.").OrNull()),
        ("snapshotVolumes", Switch("Whether snapshots of volumes are taken.").OrNull()),
        ("storageLocation", Text("The location that the backup goes to; absent: the default one.")),
        ("ttl", Duration("How long the backup is kept.")),
        ("uploaderConfig", Object("How files of volumes are read.", ("parallelFilesUpload", Whole("Files that are copied at once."))).OrNull()),
        ("volumeGroupSnapshotLabelKey", Text("The label that groups claims whose volumes are snapshotted together.")),
        ("volumeSnapshotLocations", Texts("Where snapshots of volumes are kept.")));

    // The proposal's alternative to the server's flags; Velero's definition has no such field.
    private static Schema Encryption() => Object(
        "Encryption of this backup, where it is to differ from the server's settings.",
        ("enabled", Switch("Whether it is encrypted. Off is refused where the server does not allow it.")),
        ("secretName", Text("Another Secret with a key, in the server's namespace.")));

    private static Schema Hook() => Object(
        "",
        ("excludedNamespaces", Texts("Namespaces that are left out.").OrNull()),
        ("excludedResources", Texts("Types that are left out.").OrNull()),
        ("includedNamespaces", Texts("Namespaces of the items; absent or empty: all.").OrNull()),
        ("includedResources", Texts("Types of the items; absent or empty: all.").OrNull()),
        ("labelSelector", LabelSelector("Labels that the items must have.").OrNull()),
        ("name", Text("A name for the log.").Required()),
        ("post", List("Run after the item and what belongs to it.", ExecHook())),
        ("pre", List("Run before the item.", ExecHook())));

    private static Schema ExecHook() => Object(
        "",
        ("exec", Object(
            "A command to run in the pod.",
            ("command", Command()),
            ("container", Text("The container; absent: the pod's first.")),
            ("onError", OnError("What a failure means: Continue counts an error, Fail leaves the item out.")),
            ("timeout", Duration("How long the command may take."))).Required()));
}
