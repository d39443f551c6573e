using Aeos.Kubernetes;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>Finds the config maps with settings for item actions, by their labels (Velero 1.18, pkg/plugin/framework/common/plugin_config.go).</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="serverNamespace">The server's namespace; Velero's is <c>velero</c>.</param>
internal sealed class PluginConfigReader(KubernetesClient cluster, string serverNamespace)
{
    /// <summary>Keys are storage classes of the backup, values those of the cluster.</summary>
    public const string ChangeStorageClass = "velero.io/change-storage-class";

    /// <summary>Each value is <c>PART-OF-AN-IMAGE,REPLACEMENT</c>.</summary>
    public const string ChangeImageName = "velero.io/change-image-name";

    /// <summary>Reads an action's settings.</summary>
    /// <param name="action">The action's name, such as <see cref="ChangeStorageClass"/>.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<PluginConfig> ReadAsync(string action, CancellationToken cancellationToken)
    {
        var selector = $"velero.io/plugin-config,{action}=RestoreItemAction";
        try
        {
            var found = new List<KubernetesObject>();
            var options = new ListOptions { Namespace = serverNamespace, LabelSelector = selector };
            await foreach (var map in cluster.List(WellKnownResources.ConfigMaps, options).WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                found.Add(map);
            }

            return found switch
            {
                [] => PluginConfig.None,
                [var map] => new PluginConfig(map.ToTree().Texts("data")),
                _ => PluginConfig.Unreadable(
                    $"found more than one ConfigMap matching label selector \"{selector}\": {string.Join(", ", found.Select(static map => map.Name))}"),
            };
        }
        catch (KubernetesException failure)
        {
            return PluginConfig.Unreadable($"the config map with the labels {selector} cannot be read: {failure.Cause}");
        }
    }
}
