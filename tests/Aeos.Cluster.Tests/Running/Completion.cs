using System.Text;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Requests;

namespace Aeos.Cluster.Tests.Running;

/// <summary>Plays the node: says that pods are done, where nothing runs them.</summary>
internal static class Completion
{
    public static Task FinishPodAsync(ClusterRoom room, string @namespace, string name) => room.Client.PatchAsync(
        WellKnownResources.Pods, @namespace, name, PatchType.Merge, """{"status":{"phase":"Succeeded"}}"""u8.ToArray(), new WriteOptions { Subresource = "status" });

    /// <summary>Finishes a job's pod, upon which a cluster's controller finishes the job; where there is none, it is told here.</summary>
    public static async Task FinishJobAsync(ClusterRoom room, string @namespace, string name)
    {
        var jobs = await room.TypeAsync("batch/v1", "Job");
        if (!room.HasWorkloads)
        {
            await room.Client.PatchAsync(
                jobs, @namespace, name, PatchType.Merge, Encoding.UTF8.GetBytes("""{"status":{"completionTime":"2026-01-01T00:00:00Z"}}"""), new WriteOptions { Subresource = "status" });
            return;
        }

        await room.UntilAsync(jobs, @namespace, name, static now => $"{now.At("status", "active")}" == "1");
        foreach (var pod in await room.Client.List(WellKnownResources.Pods, new ListOptions { Namespace = @namespace, LabelSelector = $"job-name={name}" }).ToListAsync())
        {
            await FinishPodAsync(room, @namespace, pod.Name);
        }

        await room.UntilAsync(jobs, @namespace, name, static now => now.HasCondition("Complete"));
    }
}
