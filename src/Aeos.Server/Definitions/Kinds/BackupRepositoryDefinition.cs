using static Aeos.Server.Definitions.SchemaWords;

namespace Aeos.Server.Definitions.Kinds;

/// <summary>BackupRepository: where Velero keeps the data of a namespace's volumes. Aeos keeps none; the official client lists them.</summary>
internal static class BackupRepositoryDefinition
{
    public static ResourceDefinition Value { get; } = new("BackupRepository", "backuprepositories", Spec(), Status())
    {
        Description = "Where the data of a namespace's volumes is kept.",
        Columns = [PrinterColumn.Age, new("Repository Type", "string", ".spec.repositoryType")],
    };

    private static Schema Spec() => Object(
        "Which namespace, and where.",
        ("backupStorageLocation", Text("The location that it is in.").Required()),
        ("maintenanceFrequency", Duration("How often it is maintained.").Required()),
        ("repositoryConfig", Map("The repository's settings.").OrNull()),
        ("repositoryType", Choice("What wrote it.", "kopia", "restic", "")),
        ("resticIdentifier", Text("Its name for restic.")),
        ("volumeNamespace", Text("The namespace whose volumes it holds.").Required()));

    private static Schema Status() => Object(
        "Whether it can be used.",
        ("lastMaintenanceTime", Time("When it was last maintained.")),
        ("message", Text("Why it cannot be used.")),
        ("phase", Choice("Whether it can be used.", "New", "Ready", "NotReady")),
        ("recentMaintenance", List("How it was maintained lately.", Object(
            "",
            ("completeTimestamp", Time("When it ended.")),
            ("message", Text("Why it failed.")),
            ("result", Choice("How it went.", "Succeeded", "Failed")),
            ("startTimestamp", Time("When it began."))))));
}
