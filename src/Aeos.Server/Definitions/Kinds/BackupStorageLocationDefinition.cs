using static Aeos.Server.Definitions.CommonSchemas;
using static Aeos.Server.Definitions.SchemaWords;

namespace Aeos.Server.Definitions.Kinds;

/// <summary>BackupStorageLocation: where backups are kept.</summary>
internal static class BackupStorageLocationDefinition
{
    public static ResourceDefinition Value { get; } = new("BackupStorageLocation", "backupstoragelocations", Spec(), Status())
    {
        Description = "Where backups are kept.",
        ShortNames = ["bsl"],
        Columns =
        [
            new("Phase", "string", ".status.phase"),
            new("Last Validated", "date", ".status.lastValidationTime"),
            PrinterColumn.Age,
            new("Default", "boolean", ".spec.default"),
        ],
    };

    private static Schema Spec() => Object(
        "Which bucket, and how it is reached.",
        ("accessMode", AccessMode("Whether backups are written to it; absent: ReadWrite.")),
        ("backupSyncPeriod", Duration("How often backups in the bucket are looked for; zero: never.").OrNull()),
        ("config", Map("The provider's settings.")),
        ("credential", SecretField("The Secret's field with the credentials.")),
        ("default", Switch("Whether backups that name no location go here.")),
        ("objectStorage", Object(
            "The bucket.",
            ("bucket", Text("Its name.").Required()),
            ("caCert", Bytes("Certificate authorities of its server, PEM.")),
            ("caCertRef", SecretField("The Secret's field with certificate authorities of its server, PEM.")),
            ("prefix", Text("What the keys of all objects begin with."))).Required()),
        ("provider", Text("What kind of store it is.").Required()),
        ("validationFrequency", Duration("How often it is checked; zero: never.").OrNull()));

    private static Schema Status() => Object(
        "Whether it can be used.",
        ("accessMode", AccessMode("No longer used.")),
        ("lastSyncedRevision", Text("No longer used.")),
        ("lastSyncedTime", Time("When backups in the bucket were last looked for.")),
        ("lastValidationTime", Time("When it was last checked.")),
        ("message", Text("Why it cannot be used.")),
        ("phase", Choice("Whether it can be used.", "Available", "Unavailable")));

    private static Schema AccessMode(string description) => Choice(description, "ReadOnly", "ReadWrite");
}
