namespace Aeos.Cluster.Tests.Running;

/// <summary>Claims with volumes that no provisioner has to make.</summary>
internal static class Volumes
{
    /// <returns>The volume's name.</returns>
    public static async Task<string> CreateBoundAsync(ClusterRoom room, string @namespace, string claim, string reclaimPolicy)
    {
        var volume = room.Name($"pv-{claim}");
        await room.CreateAsync($$$"""
            {"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"{{{volume}}}"},
             "spec":{"storageClassName":"","persistentVolumeReclaimPolicy":"{{{reclaimPolicy}}}","capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],
              "hostPath":{"path":"/nowhere"},"claimRef":{"namespace":"{{{@namespace}}}","name":"{{{claim}}}"} }}
            """);
        await room.CreateAsync($$$"""
            {"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"{{{claim}}}","namespace":"{{{@namespace}}}"},
             "spec":{"storageClassName":"","volumeName":"{{{volume}}}","accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"} } }}
            """);
        await UntilBoundAsync(room, @namespace, claim);
        return volume;
    }

    public static async Task UntilBoundAsync(ClusterRoom room, string @namespace, string claim)
        => await room.UntilAsync(await room.TypeAsync("v1", "PersistentVolumeClaim"), @namespace, claim, static now => $"{now.At("status", "phase")}" == "Bound");
}
