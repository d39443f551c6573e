using System.Text;
using System.Text.Json.Nodes;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;

namespace Aeos.Kubernetes.Tests;

public class ObjectTests
{
    private static KubernetesObject Read(string json) => new(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void Metadata_is_read_out_of_the_bytes()
    {
        var item = Read("""
            {"spec":{"metadata":{"name":"no"}},"metadata":{"managedFields":[{"name":"no","x":[{}]}],"name":"a\u0062","namespace":"shop","uid":"u",
             "resourceVersion":"7","labels":{"app":"x","odd":null},"annotations":{"k":"v"},"finalizers":["f"],"deletionTimestamp":"2026-01-01T00:00:00Z",
             "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"o","uid":"ou","controller":true,"blockOwnerDeletion":true}]},
             "kind":"Pod","apiVersion":"v1"}
            """);
        item.ToString().ShouldBe("Pod shop/ab");
        item.ApiVersion.ShouldBe("v1");
        item.Metadata.Uid.ShouldBe("u");
        item.Metadata.ResourceVersion.ShouldBe("7");
        item.Metadata.Labels["app"].ShouldBe("x");
        item.Metadata.Annotations["k"].ShouldBe("v");
        item.Metadata.Finalizers.ShouldBe(["f"]);
        item.Metadata.IsBeingDeleted.ShouldBeTrue();
        item.Metadata.OwnerReferences.ShouldBe([new OwnerReference("apps/v1", "ReplicaSet", "o", "ou", true)]);
    }

    [Theory]
    [InlineData("""{"metadata":null}""")]
    [InlineData("""{"metadata":{"name":null,"labels":[],"annotations":null,"ownerReferences":{},"finalizers":"x","uid":{"a":[1]}}}""")]
    [InlineData("{}")]
    public void What_is_absent_or_odd_is_empty(string json) => Read(json).Metadata.ShouldSatisfyAllConditions(
        metadata => metadata.Name.ShouldBe(""), metadata => metadata.Labels.ShouldBeEmpty(), metadata => metadata.OwnerReferences.ShouldBeEmpty());

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"metadata":{"name":""")]
    [InlineData("""{"kind":"Secret","data":{"k":"hunter2" """)]
    public void What_is_no_object_is_refused_and_not_quoted(string json)
    {
        var refusal = Should.Throw<KubernetesException>(() => Read(json).Name);
        refusal.ToString().ShouldNotContain("hunter2");
        Should.Throw<KubernetesException>(() => Read(json).ToTree());
    }

    [Fact]
    public void A_tree_keeps_unknown_fields_and_the_way_numbers_are_written()
    {
        var tree = Read("""{"a":1.50,"b":123456789012345678901234567890,"c":"é<>&","d":{"e":[1e400,null]}}""").ToTree();
        tree["f"] = "new";
        tree.Remove("a");
        Encoding.UTF8.GetString(KubernetesObject.FromTree(tree).Json.Span)
            .ShouldBe("""{"b":123456789012345678901234567890,"c":"é<>&","d":{"e":[1e400,null]},"f":"new"}""");
    }

    [Fact]
    public void A_tree_may_be_as_deep_as_an_API_server_takes_it()
    {
        var json = string.Concat(Enumerable.Repeat("{\"p\":", 5000)) + "1" + new string('}', 5000);
        KubernetesObject.FromTree(Read(json).ToTree()).Json.Length.ShouldBe(json.Length);
        Should.Throw<KubernetesException>(() => Read(string.Concat(Enumerable.Repeat("[", 10_001))).ToTree());
    }

    [Fact]
    public void Two_trees_of_an_object_are_two()
    {
        var item = Read("""{"kind":"Pod"}""");
        item.ToTree()["kind"] = "X";
        item.ToTree()["kind"]!.GetValue<string>().ShouldBe("Pod");
        JsonNode.DeepEquals(item.ToTree(), item.ToTree()).ShouldBeTrue();
    }
}
