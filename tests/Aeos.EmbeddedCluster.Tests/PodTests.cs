using System.Net;

namespace Aeos.Embedded.Tests;

public sealed class PodTests : ClusterTest
{
    private const string Pods = "/api/v1/namespaces/default/pods";

    [Fact]
    public async Task A_pod_gets_its_accounts_token_a_node_and_runs()
    {
        var pod = (await Post(Pods, Pod("a", "\"priorityClassName\":\"system-node-critical\""))).ShouldBe(HttpStatusCode.Created);
        pod.Text("spec/serviceAccountName").ShouldBe("default");
        pod.Text("spec/volumes/0/name")!.ShouldMatch("^kube-api-access-[a-z0-9]{5}$");
        pod.Text("spec/containers/0/volumeMounts/0/mountPath").ShouldBe("/var/run/secrets/kubernetes.io/serviceaccount");
        pod.Text("spec/priority").ShouldBe("2000001000");
        pod.Text("spec/nodeName").ShouldBe("embedded");
        pod.Text("status/phase").ShouldBe("Running");
    }

    [Fact]
    public async Task A_pod_that_brings_its_token_volume_gets_no_second_one()
    {
        var first = (await Post(Pods, Pod("a"))).Body;
        foreach (var field in new[] { "uid", "resourceVersion", "name" })
        {
            first["metadata"]!.AsObject().Remove(field);
        }

        first["metadata"]!["name"] = "b";
        var second = (await Post(Pods, first.ToJsonString())).ShouldBe(HttpStatusCode.Created);
        second["spec/volumes"]!.AsArray().Count.ShouldBe(1);
        second["spec/containers/0/volumeMounts"]!.AsArray().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("\"serviceAccountName\":\"absent\"", "serviceaccount \"absent\" not found")]
    [InlineData("\"priorityClassName\":\"absent\"", "no PriorityClass with name absent was found")]
    [InlineData("\"priority\":5", "must not be provided in pod spec")]
    public async Task A_pod_whose_dependency_is_not_there_is_forbidden(string spec, string says) =>
        (await Post(Pods, Pod("a", spec))).ShouldFail(HttpStatusCode.Forbidden, "Forbidden").Text("message")!.ShouldContain(says);

    [Fact]
    public async Task A_jobs_selector_and_labels_carry_its_uid()
    {
        const string jobs = "/apis/batch/v1/namespaces/default/jobs";
        var job = (await Post(jobs, """{"metadata":{"name":"j"},"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c"}]}}}}""")).ShouldBe(HttpStatusCode.Created);
        var uid = job.Text("metadata/uid");
        job["spec/selector/matchLabels"]!["batch.kubernetes.io/controller-uid"]!.ToString().ShouldBe(uid);
        job["spec/template/metadata/labels"]!["controller-uid"]!.ToString().ShouldBe(uid);
        job["spec/template/metadata/labels"]!["job-name"]!.ToString().ShouldBe("j");

        // As an archive has it: the labels of a job that is gone.
        var copy = job.Body;
        copy["metadata"]!.AsObject().Remove("resourceVersion");
        await Delete(jobs + "/j");
        (await Post(jobs, copy.ToJsonString())).ShouldFail(HttpStatusCode.UnprocessableEntity, "Invalid").Text("message")!.ShouldContain("`selector` not auto-generated");
    }

    [Fact]
    public async Task A_pods_image_can_change_and_little_else()
    {
        await Post(Pods, Pod("a"));
        (await Patch(Pods + "/a", "strategic-merge-patch+json", """{"spec":{"containers":[{"name":"c","image":"x:2"}]}}""")).ShouldBe(HttpStatusCode.OK);
        (await Patch(Pods + "/a", "merge-patch+json", """{"spec":{"hostname":"b"}}""")).ShouldFail(HttpStatusCode.UnprocessableEntity, "Invalid");
    }

    [Fact]
    public async Task An_evicted_pod_is_gone()
    {
        await Post(Pods, Pod("a"));
        (await Post(Pods + "/a/eviction", """{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"a"}}""")).ShouldBe(HttpStatusCode.Created);
        (await Get(Pods + "/a")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
    }

    internal static string Pod(string name, string spec = "\"dnsPolicy\":\"Default\"") =>
        """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"NAME"},"spec":{SPEC,"containers":[{"name":"c","image":"x:1"},{"name":"d","image":"y:1"}]}}"""
            .Replace("NAME", name, StringComparison.Ordinal).Replace("SPEC", spec, StringComparison.Ordinal);
}
