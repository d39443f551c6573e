using static Aeos.Server.Definitions.SchemaWords;

namespace Aeos.Server.Definitions.Kinds;

/// <summary>DeleteBackupRequest: asks for a backup to be deleted.</summary>
internal static class DeleteBackupRequestDefinition
{
    public static ResourceDefinition Value { get; } = new(
        "DeleteBackupRequest",
        "deletebackuprequests",
        Object("Which backup.", ("backupName", Text("The backup.").Required())),
        Object(
            "What came of it.",
            ("errors", Texts("Why it was not deleted.").OrNull()),
            ("phase", Choice("How far it is.", "New", "InProgress", "Processed"))))
    {
        Description = "A request to delete a backup, with all that belongs to it in the bucket.",
        Columns = [new("BackupName", "string", ".spec.backupName"), new("Status", "string", ".status.phase")],
    };
}
