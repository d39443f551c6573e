using Aeos.Kubernetes;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;
using Aeos.Server.Definitions.Kinds;
using Aeos.Server.Resources;

namespace Aeos.Server.Definitions;

/// <summary>
/// The custom resource definitions of <c>velero.io</c>, with Velero 1.18.1's fields and two of the proposal's: <c>status.encryption</c> of a Backup,
/// and <c>spec.encryption</c> of a Backup and of a Schedule's template.
/// </summary>
public static class VeleroDefinitions
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <summary>The definitions, ready to be written to a cluster.</summary>
    public static IReadOnlyList<KubernetesObject> All { get; } = [.. Resources.Select(resource => KubernetesObject.FromTree(resource.ToJson()))];

    internal static IReadOnlyList<ResourceDefinition> Resources =>
    [
        BackupDefinition.Value,
        BackupRepositoryDefinition.Value,
        BackupStorageLocationDefinition.Value,
        DataDownloadDefinition.Value,
        DataUploadDefinition.Value,
        DeleteBackupRequestDefinition.Value,
        DownloadRequestDefinition.Value,
        PodVolumeBackupDefinition.Value,
        PodVolumeRestoreDefinition.Value,
        RestoreDefinition.Value,
        ScheduleDefinition.Value,
        ServerStatusRequestDefinition.Value,
        VolumeSnapshotLocationDefinition.Value,
    ];

    /// <summary>Writes all definitions to a cluster, by server-side apply, and waits until what they define is served. A second time changes nothing.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="time">What waits.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="KubernetesException">The cluster refuses them, cannot be reached, or serves them not within a minute.</exception>
    public static async Task ApplyAsync(KubernetesClient cluster, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var options = new WriteOptions { FieldManager = "aeos-install", Force = true };
        foreach (var definition in All)
        {
            await cluster.PatchAsync(
                WellKnownResources.CustomResourceDefinitions, null, definition.Name, PatchType.Apply, definition.Json, options, cancellationToken).ConfigureAwait(false);
        }

        await AwaitServedAsync(cluster, time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits until all that is defined is served.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="time">What waits.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="KubernetesTimeoutException">It is not within a minute.</exception>
    public static async Task AwaitServedAsync(KubernetesClient cluster, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(time);
        for (var until = time.GetUtcNow() + Timeout; ;)
        {
            var catalog = await cluster.DiscoverAsync(cancellationToken).ConfigureAwait(false);
            var missing = Resources.FirstOrDefault(resource => catalog.FindExact(VeleroTypes.Group, resource.Plural) is null);
            if (missing is null)
            {
                return;
            }

            if (time.GetUtcNow() >= until)
            {
                throw new KubernetesTimeoutException(
                    $"the API server does not serve {missing.Name} a minute after its definition was written", $"See why: kubectl describe crd {missing.Name}");
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
