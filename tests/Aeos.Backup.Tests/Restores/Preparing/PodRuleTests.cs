namespace Aeos.Backup.Tests.Restores.Preparing;

public sealed class PodRuleTests
{
    private readonly Preparation _preparation = new();

    [Theory]
    [InlineData("Succeeded")]
    [InlineData("Failed")]
    public async Task A_completed_pod_is_not_restored(string phase)
        => (await _preparation.OmissionAsync("pods", $$$"""{"metadata":{"name":"p"},"status":{"phase":"{{{phase}}}"}}""")).ShouldBe("it is completed");

    [Theory]
    [InlineData("Running")]
    [InlineData("Pending")]
    [InlineData("Unknown")]
    public async Task Any_other_pod_is(string phase)
        => (await _preparation.OmissionAsync("pods", $$$"""{"metadata":{"name":"p"},"status":{"phase":"{{{phase}}}"}}""")).ShouldBeNull();

    [Fact]
    public async Task A_mirror_pod_is_left_to_its_kubelet()
        => (await _preparation.OmissionAsync("pods", """{"metadata":{"name":"p","annotations":{"kubernetes.io/config.mirror":"d1"}}}""")).ShouldBe("it is a mirror pod");

    [Fact]
    public async Task A_pod_is_bound_to_no_node_and_gets_the_priority_of_its_class_anew()
        => (await _preparation.ApplyAsync("pods", """
            {"kind":"Pod","metadata":{"name":"p"},"spec":{"nodeName":"old","priority":1000,"priorityClassName":"high","preemptionPolicy":"Never","nodeSelector":{"a":"b"}}}
            """))["spec"]!.ToJsonString().ShouldBe("""{"priorityClassName":"high","preemptionPolicy":"Never","nodeSelector":{"a":"b"}}""");

    [Fact]
    public async Task The_token_volume_of_the_pods_account_goes_with_its_mounts_and_no_other_does()
        => (await _preparation.ApplyAsync("pods", """
            {"kind":"Pod","metadata":{"name":"p"},"spec":{"serviceAccountName":"web",
             "volumes":[{"name":"web-token-x1"},{"name":"data"},{"name":"other-token-x2"},{"name":"kube-api-access-x3"}],
             "containers":[{"name":"c","volumeMounts":[{"name":"data"},{"name":"web-token-x1"}]},{"name":"d","volumeMounts":[{"name":"web-token-x1"}]}],
             "initContainers":[{"name":"i","volumeMounts":[{"name":"web-token-x1"},{"name":"kube-api-access-x3"}]}]}}
            """))["spec"]!.ToJsonString().ShouldBe(
                """{"serviceAccountName":"web","volumes":[{"name":"data"},{"name":"other-token-x2"},{"name":"kube-api-access-x3"}],"containers":[{"name":"c","volumeMounts":[{"name":"data"}]},{"name":"d"}],"initContainers":[{"name":"i","volumeMounts":[{"name":"kube-api-access-x3"}]}]}""");

    [Fact]
    public async Task Init_containers_that_waited_for_the_volume_data_of_an_earlier_restore_go()
        => (await _preparation.ApplyAsync("pods", """
            {"kind":"Pod","metadata":{"name":"p"},"spec":{"initContainers":[{"name":"restore-wait"},{"name":"restic-wait"},{"name":"mine"}]}}
            """))["spec"]!.ToJsonString().ShouldBe("""{"initContainers":[{"name":"mine"}]}""");

    [Fact]
    public void A_pods_claims_and_its_priority_class_go_before_it()
        => _preparation.Companions("pods", """
            {"metadata":{"name":"p","namespace":"shop"},"spec":{"priorityClassName":"high",
             "volumes":[{"name":"a","persistentVolumeClaim":{"claimName":"data"}},{"name":"b","emptyDir":{}},{"name":"c","persistentVolumeClaim":{"claimName":"logs"}}]}}
            """).ShouldBe(["persistentvolumeclaims/shop/data", "persistentvolumeclaims/shop/logs", "priorityclasses.scheduling.k8s.io/high"]);

    [Fact]
    public void A_pod_without_either_brings_nothing_along() => _preparation.Companions("pods", """{"metadata":{"name":"p"},"spec":{"containers":[]}}""").ShouldBeEmpty();
}
