using static Aeos.Server.Definitions.CommonSchemas;
using static Aeos.Server.Definitions.SchemaWords;

namespace Aeos.Server.Definitions.Kinds;

/// <summary>VolumeSnapshotLocation: where Velero keeps snapshots of volumes. Aeos takes none; the official client lists them.</summary>
internal static class VolumeSnapshotLocationDefinition
{
    public static ResourceDefinition Value { get; } = new(
        "VolumeSnapshotLocation",
        "volumesnapshotlocations",
        Object(
            "Where, and how it is reached.",
            ("config", Map("The provider's settings.")),
            ("credential", SecretField("The Secret's field with the credentials.")),
            ("provider", Text("Who takes the snapshots.").Required())),
        Object("Whether it can be used.", ("phase", Choice("Whether it can be used.", "Available", "Unavailable"))))
    {
        Description = "Where snapshots of volumes are kept.",
        ShortNames = ["vsl"],
    };
}
