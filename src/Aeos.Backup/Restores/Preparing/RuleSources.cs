using Aeos.Backup.Restores.Modifying;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>What rules know besides the restore's options: read once, before anything is applied.</summary>
internal sealed record RuleSources
{
    /// <summary>The cluster that is restored into.</summary>
    public required ITargetCluster Cluster { get; init; }

    /// <summary>Storage classes that get another name, from <see cref="PluginConfigReader.ChangeStorageClass"/>.</summary>
    public PluginConfig StorageClasses { get; init; } = PluginConfig.None;

    /// <summary>Images that get another name, from <see cref="PluginConfigReader.ChangeImageName"/>.</summary>
    public PluginConfig Images { get; init; } = PluginConfig.None;

    /// <summary>The volumes whose data the backup has.</summary>
    public VolumeData Volumes { get; init; } = VolumeData.None;

    /// <summary>The restore's resource modifiers; null when it has none.</summary>
    public ResourceModifiers? Modifiers { get; init; }
}
