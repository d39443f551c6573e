namespace Aeos.Velero.Resources;

/// <summary>What <see cref="RestoreSpec.ExistingResourcePolicy"/> may be.</summary>
public static class ExistingResourcePolicies
{
    /// <summary>Objects that are there and differ are left, with a warning.</summary>
    public const string None = "none";

    /// <summary>They are changed to what the backup has.</summary>
    public const string Update = "update";
}
