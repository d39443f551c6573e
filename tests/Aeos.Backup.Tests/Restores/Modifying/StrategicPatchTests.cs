namespace Aeos.Backup.Tests.Restores.Modifying;

public sealed class StrategicPatchTests
{
    private static System.Text.Json.Nodes.JsonNode? Spec(string kind, string spec, string patch) => Modification.Changed(
        "groupResource: things", $"strategicPatches: [{{patchData: '{{\"spec\":{patch}}}'}}]", "things",
        $"{{\"apiVersion\":\"{(kind is "Deployment" or "StatefulSet" ? "apps/v1" : kind is "CronJob" ? "batch/v1" : kind is "PodDisruptionBudget" ? "policy/v1" : "v1")}\",\"kind\":\"{kind}\",\"metadata\":{{\"name\":\"a\"}},\"spec\":{spec}}}")["spec"];

    [Theory]
    [InlineData("one container gets another image", """{"containers":[{"name":"a","image":"1"},{"name":"b","image":"2"}]}""",
        """{"containers":[{"name":"b","image":"3"}]}""", """{"containers":[{"name":"a","image":"1"},{"name":"b","image":"3"}]}""")]
    [InlineData("a new one comes first, as its patch is before what it says nothing of", """{"containers":[{"name":"a"}]}""",
        """{"containers":[{"name":"b"}]}""", """{"containers":[{"name":"b"},{"name":"a"}]}""")]
    [InlineData("init containers as well", """{"initContainers":[{"name":"a","image":"1"}]}""",
        """{"initContainers":[{"name":"a","image":"2"}]}""", """{"initContainers":[{"name":"a","image":"2"}]}""")]
    [InlineData("a volume's source is replaced when the old one is taken away", """{"volumes":[{"name":"a","nfs":{"path":"/"}},{"name":"b"}]}""",
        """{"volumes":[{"name":"a","nfs":null,"persistentVolumeClaim":{"claimName":"c"}}]}""",
        """{"volumes":[{"name":"a","persistentVolumeClaim":{"claimName":"c"}},{"name":"b"}]}""")]
    [InlineData("or when only the new one is retained", """{"volumes":[{"name":"a","nfs":{"path":"/"}}]}""",
        """{"volumes":[{"$retainKeys":["name","emptyDir"],"name":"a","emptyDir":{}}]}""", """{"volumes":[{"name":"a","emptyDir":{}}]}""")]
    [InlineData("an entry is deleted", """{"containers":[{"name":"a"},{"name":"b"}]}""",
        """{"containers":[{"name":"a","$patch":"delete"}]}""", """{"containers":[{"name":"b"}]}""")]
    [InlineData("a list is replaced", """{"containers":[{"name":"a"},{"name":"b"}]}""",
        """{"containers":[{"name":"c"},{"$patch":"replace"}]}""", """{"containers":[{"name":"c"}]}""")]
    [InlineData("an object is replaced", """{"securityContext":{"runAsUser":1,"fsGroup":2}}""",
        """{"securityContext":{"$patch":"replace","runAsUser":3}}""", """{"securityContext":{"runAsUser":3}}""")]
    [InlineData("an object is emptied", """{"securityContext":{"runAsUser":1}}""",
        """{"securityContext":{"$patch":"delete"}}""", """{"securityContext":{}}""")]
    [InlineData("environment, mounts and ports have keys of their own",
        """{"containers":[{"name":"a","env":[{"name":"X","value":"1"}],"volumeMounts":[{"name":"v","mountPath":"/a"}],"ports":[{"containerPort":80,"name":"http"}]}]}""",
        """{"containers":[{"name":"a","env":[{"name":"X","value":"2"}],"volumeMounts":[{"mountPath":"/a","readOnly":true}],"ports":[{"containerPort":80,"protocol":"UDP"}]}]}""",
        """{"containers":[{"name":"a","env":[{"name":"X","value":"2"}],"volumeMounts":[{"name":"v","mountPath":"/a","readOnly":true}],"ports":[{"containerPort":80,"name":"http","protocol":"UDP"}]}]}""")]
    [InlineData("a list without a key is replaced as a whole", """{"tolerations":[{"key":"a"},{"key":"b"}],"containers":[{"name":"a","args":["1","2"]}]}""",
        """{"tolerations":[{"key":"c"}],"containers":[{"name":"a","args":["3"]}]}""", """{"tolerations":[{"key":"c"}],"containers":[{"name":"a","args":["3"]}]}""")]
    [InlineData("a map is merged", """{"nodeSelector":{"a":"1","b":"2"}}""", """{"nodeSelector":{"a":null,"c":"3"}}""", """{"nodeSelector":{"b":"2","c":"3"}}""")]
    [InlineData("what is new comes without nulls and directives", "{}",
        """{"volumes":[{"name":"a","nfs":null},{"name":"b","$patch":"delete"}],"affinity":{"$patch":"delete"}}""", """{"volumes":[{"name":"a"}]}""")]
    [InlineData("several come in their patch's order, and what it says nothing of stays before what it was before",
        """{"containers":[{"name":"a"},{"name":"b"},{"name":"c"},{"name":"d"}]}""", """{"containers":[{"name":"d"},{"name":"b"},{"name":"n"}]}""",
        """{"containers":[{"name":"a"},{"name":"c"},{"name":"d"},{"name":"b"},{"name":"n"}]}""")]
    [InlineData("an order that is asked for is kept", """{"containers":[{"name":"a"},{"name":"b"},{"name":"c"}]}""",
        """{"$setElementOrder/containers":[{"name":"c"},{"name":"a"}],"containers":[{"name":"a","image":"1"}]}""",
        """{"containers":[{"name":"b"},{"name":"c"},{"name":"a","image":"1"}]}""")]
    public void In_a_pod(string what, string spec, string patch, string expected)
    {
        what.ShouldNotBeEmpty();
        Spec("Pod", spec, patch).ShouldBeJson(expected);
    }

    [Theory]
    [InlineData("Deployment", """{"template":{"spec":{0}}}""")]
    [InlineData("StatefulSet", """{"template":{"spec":{0}}}""")]
    [InlineData("ReplicationController", """{"template":{"spec":{0}}}""")]
    [InlineData("CronJob", """{"jobTemplate":{"spec":{"template":{"spec":{0}}}}}""")]
    public void Pods_in_a_template_merge_as_pods_do(string kind, string spec)
    {
        string In(string pod) => spec.Replace("{0}", pod, StringComparison.Ordinal);
        Spec(kind, In("""{"containers":[{"name":"a","image":"1"},{"name":"b"}]}"""), In("""{"containers":[{"name":"a","image":"2"}]}"""))
            .ShouldBeJson(In("""{"containers":[{"name":"a","image":"2"},{"name":"b"}]}"""));
    }

    [Fact]
    public void Ports_of_a_service_are_told_apart_by_their_ports()
        => Spec("Service", """{"ports":[{"name":"a","port":80,"targetPort":8080},{"name":"b","port":81}]}""", """{"ports":[{"port":80,"targetPort":9090}]}""")
            .ShouldBeJson("""{"ports":[{"name":"a","port":80,"targetPort":9090},{"name":"b","port":81}]}""");

    [Fact]
    public void The_selector_of_a_disruption_budget_is_replaced()
        => Spec("PodDisruptionBudget", """{"selector":{"matchLabels":{"a":"1"}}}""", """{"selector":{"matchLabels":{"b":"2"}}}""")
            .ShouldBeJson("""{"selector":{"matchLabels":{"b":"2"}}}""");

    [Fact]
    public void Claim_templates_of_a_stateful_set_are_replaced()
        => Spec("StatefulSet", """{"volumeClaimTemplates":[{"metadata":{"name":"a"}},{"metadata":{"name":"b"}}]}""", """{"volumeClaimTemplates":[{"metadata":{"name":"c"}}]}""")
            .ShouldBeJson("""{"volumeClaimTemplates":[{"metadata":{"name":"c"}}]}""");

    [Fact]
    public void Finalizers_merge_as_a_set_and_single_ones_are_deleted()
        => Modification.Changed(
            "groupResource: configmaps",
            "strategicPatches: [{patchData: '{\"metadata\":{\"$deleteFromPrimitiveList/finalizers\":[\"a\"],\"finalizers\":[\"b\",\"c\"]}}'}]", "configmaps",
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","finalizers":["a","b"]}}""")["metadata"]!["finalizers"]!
            .AsArray().Select(value => (string?)value).ShouldBe(["b", "c"], ignoreOrder: true);

    [Fact]
    public void Several_patches_are_applied_one_after_the_other()
        => Modification.Changed(
            "groupResource: deployments.apps",
            "strategicPatches: [{patchData: '{\"spec\":{\"replicas\":2}}'}, {patchData: '{\"spec\":{\"replicas\":3}}'}]", "deployments.apps", Modification.Deployment)["spec"]!["replicas"]
            .ShouldBeJson("3");

    [Theory]
    [InlineData("example.org/v1", """{"spec":{"a":1}}""", "no built-in type")]
    [InlineData("v1", """{"spec":{"containers":[{"image":"x"}]}}""", "\"name\"")]
    [InlineData("v1", """{"spec":{"containers":[{"name":"a","$patch":"merge"}]}}""", "$patch")]
    [InlineData("v1", """{"spec":{"$patch":"other"}}""", "other")]
    [InlineData("v1", """{"spec":{"$retainKeys":["containers"],"volumes":[]}}""", "$retainKeys")]
    public void A_patch_that_cannot_be_applied_is_an_error_and_changes_nothing(string apiVersion, string patch, string cause)
    {
        var pod = $$$"""{"apiVersion":"{{{apiVersion}}}","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"name":"a"}]} }""";
        var (item, failures) = Modification.Apply(
            Modification.Rules(Modification.Rule("groupResource: pods", $"strategicPatches: [{{patchData: '{patch}'}}]")), "pods", pod);

        failures.ShouldHaveSingleItem().ShouldContain(cause);
        item.ShouldBeJson(pod);
    }
}
