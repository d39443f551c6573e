using static Aeos.Server.Definitions.CommonSchemas;
using static Aeos.Server.Definitions.SchemaWords;

namespace Aeos.Server.Definitions.Kinds;

/// <summary>Restore: one restore of a backup, and what came of it.</summary>
internal static class RestoreDefinition
{
    public static ResourceDefinition Value { get; } = new("Restore", "restores", Spec(), Status())
    {
        Description = "A restore of a backup into this cluster.",
    };

    private static Schema Spec() => Object(
        "What is restored, and how.",
        ("backupName", Text("The backup.")),
        ("excludedNamespaces", Texts("Namespaces that are left out.").OrNull()),
        ("excludedResources", Texts("Types that are left out.").OrNull()),
        ("existingResourcePolicy", Text("What becomes of objects that are there and differ: none or update.").OrNull()),
        ("hooks", Object("What is run in restored pods.", ("resources", List("Hooks, and which pods they are for.", Hook())))),
        ("includeClusterResources", Switch("Whether objects in no namespace are restored; absent: when all namespaces are.").OrNull()),
        ("includedNamespaces", Texts("Namespaces of the backup that are restored; absent, empty or *: all.").OrNull()),
        ("includedResources", Texts("Types that are restored; absent, empty or *: all.").OrNull()),
        ("itemOperationTimeout", Duration("How long operations of plugins are waited for.")),
        ("labelSelector", LabelSelector("Labels that objects must have.").OrNull()),
        ("namespaceMapping", Map("Namespaces that get another name: from the backup's to the cluster's.")),
        ("orLabelSelectors", SelectorChoice("an object")),
        ("preserveNodePorts", Switch("Whether Services keep the node ports that the old cluster gave them.").OrNull()),
        ("resourceModifier", Reference("The config map with changes that are made to objects before they are restored.").OrNull()),
        ("restorePVs", Switch("Whether volumes are restored from snapshots.").OrNull()),
        ("restoreStatus", Object(
            "Types whose status is restored; absent: none.",
            ("excludedResources", Texts("Types that are left out.").OrNull()),
            ("includedResources", Texts("The types; absent, empty or *: all.").OrNull())).OrNull()),
        ("scheduleName", Text("The schedule whose newest completed backup is restored, where no backup is named.")),
        ("uploaderConfig", Object(
            "How volumes' data is written.",
            ("parallelFilesDownload", Whole("Files that are fetched at once.")),
            ("writeSparseFiles", Switch("Whether files get holes where they have zeros.").OrNull())).OrNull()));

    private static Schema Hook() => Object(
        "",
        ("excludedNamespaces", Texts("Namespaces that are left out.").OrNull()),
        ("excludedResources", Texts("Types that are left out.").OrNull()),
        ("includedNamespaces", Texts("Namespaces of the pods; absent or empty: all.").OrNull()),
        ("includedResources", Texts("Types of the objects; absent or empty: all.").OrNull()),
        ("labelSelector", LabelSelector("Labels that the pods must have.").OrNull()),
        ("name", Text("A name for the log.").Required()),
        ("postHooks", List("What is run.", Object("", ("exec", Exec()), ("init", Init())))));

    private static Schema Exec() => Object(
        "A command to run in a restored pod.",
        ("command", Command()),
        ("container", Text("The container; absent: the pod's first.")),
        ("execTimeout", Duration("How long the command may take.")),
        ("onError", OnError("What a failure means: Continue goes on with the pod's next hook, Fail leaves the others out.")),
        ("waitForReady", Switch("Whether the container has to be ready, not only running.").OrNull()),
        ("waitTimeout", Duration("How long the container is waited for.")));

    private static Schema Init() => Object(
        "Init containers that the pod gets.",
        ("initContainers", List("As a pod has them.", Object("").WithOthers()).WithOthers()),
        ("timeout", Duration("How long they may take.")));

    private static Schema Status() => Object(
        "What came of it.",
        ("completionTimestamp", Time("When it ended.")),
        ("errors", Whole("Errors in its results.")),
        ("failureReason", Text("Why it did not come to its end.")),
        ("hookStatus", HookCounts()),
        ("phase", Choice(
            "How far it is.",
            "New", "FailedValidation", "InProgress", "WaitingForPluginOperations", "WaitingForPluginOperationsPartiallyFailed",
            "Completed", "PartiallyFailed", "Failed", "Finalizing", "FinalizingPartiallyFailed")),
        ("progress", Object(
            "How many objects it has.",
            ("itemsRestored", Whole("Objects that are done.")),
            ("totalItems", Whole("Objects that are known to belong to it."))).OrNull()),
        ("restoreItemOperationsAttempted", Whole("Operations of plugins that were begun.")),
        ("restoreItemOperationsCompleted", Whole("Operations of plugins that succeeded.")),
        ("restoreItemOperationsFailed", Whole("Operations of plugins that failed.")),
        ("startTimestamp", Time("When it began.")),
        ("validationErrors", Texts("Why what was asked for is not possible.").OrNull()),
        ("warnings", Whole("Warnings in its results.")));
}
