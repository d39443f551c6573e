using static Aeos.Server.Definitions.CommonSchemas;
using static Aeos.Server.Definitions.SchemaWords;

namespace Aeos.Server.Definitions.Kinds;

/// <summary>Backup: one backup, and what came of it.</summary>
internal static class BackupDefinition
{
    public static ResourceDefinition Value { get; } = new("Backup", "backups", BackupSchemas.Spec("What is backed up, and how."), Status())
    {
        Description = "A backup of the cluster's objects.",
    };

    private static Schema Status() => Object(
        "What came of it.",
        ("backupItemOperationsAttempted", Whole("Operations of plugins that were begun.")),
        ("backupItemOperationsCompleted", Whole("Operations of plugins that succeeded.")),
        ("backupItemOperationsFailed", Whole("Operations of plugins that failed.")),
        ("completionTimestamp", Time("When it ended.")),
        ("csiVolumeSnapshotsAttempted", Whole("CSI snapshots that were begun.")),
        ("csiVolumeSnapshotsCompleted", Whole("CSI snapshots that succeeded.")),
        ("encryption", Encryption()),
        ("errors", Whole("Errors in its results.")),
        ("expiration", Time("After when it may be deleted.")),
        ("failureReason", Text("Why it did not come to its end.")),
        ("formatVersion", Text("The archive's version.")),
        ("hookStatus", HookCounts()),
        ("phase", Choice(
            "How far it is.",
            "New", "Queued", "ReadyToStart", "FailedValidation", "InProgress", "WaitingForPluginOperations", "WaitingForPluginOperationsPartiallyFailed",
            "Finalizing", "FinalizingPartiallyFailed", "Completed", "PartiallyFailed", "Failed", "Deleting")),
        ("progress", Object(
            "How many items it has.",
            ("itemsBackedUp", Whole("Items that are in the archive.")),
            ("totalItems", Whole("Items that are known to belong into it."))).OrNull()),
        ("queuePosition", Whole("Its place among those that wait, from 1.")),
        ("startTimestamp", Time("When it began.")),
        ("validationErrors", Texts("Why what was asked for is not possible.").OrNull()),
        ("version", Whole("The format's major version.")),
        ("volumeSnapshotsAttempted", Whole("Snapshots that were begun.")),
        ("volumeSnapshotsCompleted", Whole("Snapshots that succeeded.")),
        ("warnings", Whole("Warnings in its results.")));

    // The proposal's field; Velero's definition drops it.
    private static Schema Encryption() => Object(
        "How the archive is encrypted. A hint: the archive's own bytes decide.",
        ("format", Text("The archive's format: message or, which absence means, aes-gcm.")),
        ("isEncrypted", Switch("Whether it is.")),
        ("keyRetrieverConfig", Map("What finds the key again.")),
        ("keyRetrieverType", Text("Where the key was read from: secret or file.")),
        ("scope", Text("What is encrypted: all, every object but velero-backup.json, or, which absence means, the archive alone.")));
}
