using System.Net;

namespace Aeos.Embedded.Tests;

public sealed class VolumeTests : ClusterTest
{
    private const string Claims = "/api/v1/namespaces/default/persistentvolumeclaims";
    private const string Volumes = "/api/v1/persistentvolumes";

    [Fact]
    public async Task A_claim_of_the_default_class_is_bound_to_a_new_volume_that_goes_with_it()
    {
        var claim = await Claim("a");
        claim.Text("spec/storageClassName").ShouldBe("standard");
        claim.Text("status/phase").ShouldBe("Bound");
        claim["metadata/annotations"]!["pv.kubernetes.io/bind-completed"]!.ToString().ShouldBe("yes");
        var volume = await Get($"{Volumes}/{claim.Text("spec/volumeName")}");
        volume.Text("status/phase").ShouldBe("Bound");
        volume.Text("spec/claimRef/uid").ShouldBe(claim.Text("metadata/uid"));
        volume.Text("spec/capacity/storage").ShouldBe("1Gi");
        await Delete(Claims + "/a");
        await Cluster.SettleAsync(Patience);
        (await Get(Claims)).Names.ShouldBeEmpty();
        (await Get(Volumes)).Names.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_retained_volume_is_released_and_bound_again_when_its_reference_has_no_uid()
    {
        await Post(Volumes, """{"metadata":{"name":"v"},"spec":{"capacity":{"storage":"1Gi"},"claimRef":{"namespace":"default","name":"a"},"hostPath":{"path":"/x"}}}""");
        (await Claim("a")).Text("spec/volumeName").ShouldBe("v");
        await Delete(Claims + "/a");
        await Cluster.SettleAsync(Patience);
        (await Get(Volumes + "/v")).Text("status/phase").ShouldBe("Released");
        (await Claim("a", "\"volumeName\":\"v\"")).Text("status/phase").ShouldBe("Lost");
        await Delete(Claims + "/a");
        await Cluster.SettleAsync(Patience);
        await Patch(Volumes + "/v", "merge-patch+json", """{"spec":{"claimRef":{"uid":null}}}""");
        (await Claim("a", "\"volumeName\":\"v\"")).Text("status/phase").ShouldBe("Bound");
    }

    [Fact]
    public async Task A_claim_waits_for_the_volume_that_it_names_and_for_pods_that_use_it()
    {
        (await Claim("a", "\"volumeName\":\"v\"")).Text("status/phase").ShouldBe("Pending");
        await Post(Volumes, """{"metadata":{"name":"v"},"spec":{"capacity":{"storage":"1Gi"},"hostPath":{"path":"/x"}}}""");
        await Cluster.SettleAsync(Patience);
        (await Get(Claims + "/a")).Text("status/phase").ShouldBe("Bound");
        await Post("/api/v1/namespaces/default/pods", PodTests.Pod("p", "\"volumes\":[{\"name\":\"x\",\"persistentVolumeClaim\":{\"claimName\":\"a\"}}]"));
        await Delete(Claims + "/a");
        await Cluster.SettleAsync(Patience);
        (await Get(Claims + "/a")).Text("metadata/deletionTimestamp").ShouldNotBeNull();
        await Delete("/api/v1/namespaces/default/pods/p");
        await Cluster.SettleAsync(Patience);
        (await Get(Claims + "/a")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
    }

    private async Task<Answer> Claim(string name, string spec = "\"volumeMode\":\"Filesystem\"")
    {
        (await Post(Claims, """{"metadata":{"name":"NAME"},"spec":{SPEC,"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}"""
            .Replace("NAME", name, StringComparison.Ordinal).Replace("SPEC", spec, StringComparison.Ordinal))).ShouldBe(HttpStatusCode.Created);
        await Cluster.SettleAsync(Patience);
        return await Get($"{Claims}/{name}");
    }
}
