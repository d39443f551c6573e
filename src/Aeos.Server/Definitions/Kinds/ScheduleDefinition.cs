using static Aeos.Server.Definitions.SchemaWords;

namespace Aeos.Server.Definitions.Kinds;

/// <summary>Schedule: makes backups at set times.</summary>
internal static class ScheduleDefinition
{
    public static ResourceDefinition Value { get; } = new("Schedule", "schedules", Spec(), Status())
    {
        Description = "Backups at set times.",
        Columns =
        [
            new("Status", "string", ".status.phase"),
            new("Schedule", "string", ".spec.schedule"),
            new("LastBackup", "date", ".status.lastBackup"),
            PrinterColumn.Age,
            new("Paused", "boolean", ".spec.paused"),
        ],
    };

    private static Schema Spec() => Object(
        "When, and what.",
        ("paused", Switch("Whether no backups are made for now.")),
        ("schedule", Text("Five cron fields, a descriptor such as @daily, or @every with a duration; CRON_TZ=ZONE may stand before.").Required()),
        ("skipImmediately", Switch("Whether a backup that is due already is skipped, once.")),
        ("template", BackupSchemas.Spec("What each backup is to be.").Required()),
        ("useOwnerReferencesInBackup", Switch("Whether its backups go when it goes.").OrNull()));

    private static Schema Status() => Object(
        "What came of it.",
        ("lastBackup", Time("When its last backup was made.")),
        ("lastSkipped", Time("When a backup was last skipped.")),
        ("phase", Choice("Whether it makes backups.", "New", "Enabled", "FailedValidation")),
        ("validationErrors", Texts("Why it makes none.")));
}
