using Aeos.Backup.Restores.Modifying;
using Aeos.Kubernetes;

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

    /// <summary>Reads what the cluster has of them.</summary>
    /// <param name="cluster">The cluster that is restored into.</param>
    /// <param name="options">The restore.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="RestoreRefusedException">The resource modifiers cannot be read, or are not valid.</exception>
    public static async Task<RuleSources> ReadAsync(KubernetesClient cluster, RestoreOptions options, CancellationToken cancellationToken)
    {
        var configs = new PluginConfigReader(cluster, options.Namespace);
        return new RuleSources
        {
            Cluster = new TargetCluster(cluster),
            StorageClasses = await configs.ReadAsync(PluginConfigReader.ChangeStorageClass, cancellationToken).ConfigureAwait(false),
            Images = await configs.ReadAsync(PluginConfigReader.ChangeImageName, cancellationToken).ConfigureAwait(false),
            Modifiers = await new ResourceModifierReader(cluster, options.Namespace)
                .ReadAsync(options.Spec.ResourceModifier, cancellationToken).ConfigureAwait(false),
        };
    }
}
