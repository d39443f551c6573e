using System.Text;
using Aeos.Cli.Demo.Cluster;
using Aeos.Embedded;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Configuration;
using Aeos.Kubernetes.Requests;

namespace Aeos.Cli.Tests.Demo;

public sealed class ClusterPictureTests
{
    [Fact]
    public async Task What_is_missing_changed_or_new_is_named()
    {
        await using var cluster = await EmbeddedCluster.StartAsync();
        using var client = new KubernetesClient(ClusterConnection.ForServer(cluster.Address), new KubernetesClientOptions { Qps = 0 });
        await new SampleApplication().DeployAsync(cluster, client, default);
        var before = await ClusterPicture.TakeAsync(client, default);
        before.CompareWith(await ClusterPicture.TakeAsync(client, default)).ShouldAllBe(verdict => verdict.Verdict == ClusterPicture.Equal);

        await client.DeleteAsync(WellKnownResources.Secrets, SampleApplication.Namespace, "mail");
        await client.PatchAsync(
            WellKnownResources.Secrets, SampleApplication.Namespace, "database", PatchType.Merge, Encoding.UTF8.GetBytes("""{"data":{"password":"Zm9yZ2Vk"}}"""));
        cluster.Seed("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"planted","namespace":"shop"}}""");

        before.CompareWith(await ClusterPicture.TakeAsync(client, default)).Where(verdict => verdict.Verdict != ClusterPicture.Equal).ShouldBe(
            [("Secret database", "different"), ("Secret mail", "missing"), ("Secret planted", "was not there before")]);
    }

    [Fact]
    public async Task A_sample_that_is_deleted_leaves_nothing()
    {
        await using var cluster = await EmbeddedCluster.StartAsync();
        using var client = new KubernetesClient(ClusterConnection.ForServer(cluster.Address), new KubernetesClientOptions { Qps = 0 });
        await new SampleApplication().DeployAsync(cluster, client, default);
        await SampleApplication.DeleteAsync(cluster, client, default);
        (await ClusterPicture.TakeAsync(client, default)).Count.ShouldBe(0);
    }
}
