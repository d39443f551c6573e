using System.Net;
using System.Text.Json.Nodes;

namespace Aeos.Embedded.Tests;

public sealed class NamespaceTests : ClusterTest
{
    [Fact]
    public async Task A_new_namespace_is_furnished()
    {
        await MakeNamespace("shop");
        var ns = await Get("/api/v1/namespaces/shop");
        ns["metadata/labels"]!["kubernetes.io/metadata.name"]!.ToString().ShouldBe("shop");
        ns.Text("spec/finalizers/0").ShouldBe("kubernetes");
        ns.Text("status/phase").ShouldBe("Active");
        (await Get("/api/v1/namespaces/shop/serviceaccounts/default")).ShouldBe(HttpStatusCode.OK);
        (await Get("/api/v1/namespaces/shop/configmaps/kube-root-ca.crt"))["data"]!["ca.crt"]!.ToString().ShouldBe(Cluster.CertificateAuthority);
    }

    [Fact]
    public async Task A_deleted_namespace_is_Terminating_then_empty_then_gone()
    {
        await MakeNamespace("shop");
        await MakeConfigMap("a", "shop");
        using (Cluster.HoldNamespaces())
        {
            (await Delete("/api/v1/namespaces/shop")).ShouldBe(HttpStatusCode.OK).Text("status/phase").ShouldBe("Terminating");
            await Cluster.SettleAsync(Patience);
            (await Get("/api/v1/namespaces/shop")).Text("status/phase").ShouldBe("Terminating");
            (await Get("/api/v1/namespaces/shop/configmaps/a")).ShouldBe(HttpStatusCode.OK);
            var refused = (await Post("/api/v1/namespaces/shop/configmaps", ConfigMap("b"))).ShouldFail(HttpStatusCode.Forbidden, "Forbidden");
            refused.Text("message")!.ShouldContain("because it is being terminated");
            refused.Text("details/causes/0/reason").ShouldBe("NamespaceTerminating");
            (await Post("/api/v1/namespaces", """{"metadata":{"name":"shop"}}""")).ShouldFail(HttpStatusCode.Conflict, "AlreadyExists");
        }

        await Cluster.SettleAsync(Patience);
        (await Get("/api/v1/namespaces/shop")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
        (await Get("/api/v1/namespaces/shop/configmaps")).Names.ShouldBeEmpty();
        await MakeNamespace("shop");
    }

    [Fact]
    public async Task A_namespace_waits_for_the_finalizers_of_what_is_in_it()
    {
        await MakeNamespace("shop");
        await Post("/api/v1/namespaces/shop/configmaps", """{"metadata":{"name":"a","finalizers":["example.com/keep"]}}""");
        await Delete("/api/v1/namespaces/shop");
        await Cluster.SettleAsync(Patience);
        (await Get("/api/v1/namespaces/shop")).Text("status/conditions/0/type").ShouldBe("NamespaceFinalizersRemaining");
        await Patch("/api/v1/namespaces/shop/configmaps/a", "merge-patch+json", """{"metadata":{"finalizers":null}}""");
        await Cluster.SettleAsync(Patience);
        (await Get("/api/v1/namespaces/shop")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
    }

    [Fact]
    public async Task A_namespaces_own_finalizers_are_removed_through_its_subresource()
    {
        await MakeNamespace("shop");
        using var held = Cluster.HoldNamespaces();
        await Delete("/api/v1/namespaces/shop");
        (await Put("/api/v1/namespaces/shop/finalize", new JsonObject { ["metadata"] = new JsonObject { ["name"] = "shop" }, ["spec"] = new JsonObject { ["finalizers"] = new JsonArray() } }))
            .ShouldBe(HttpStatusCode.OK);
        (await Get("/api/v1/namespaces/shop")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
    }

    [Fact]
    public async Task A_full_namespace_is_emptied_whole()
    {
        await MakeNamespace("shop");
        for (var i = 0; i < 2500; i++)
        {
            Cluster.Seed($$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m{{{i}}}","namespace":"shop"}}""");
        }

        await Delete("/api/v1/namespaces/shop");
        await Cluster.SettleAsync(Patience);
        (await Get("/api/v1/namespaces/shop")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
        (await Get("/api/v1/namespaces/shop/configmaps")).Names.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_systems_namespaces_stay() => (await Delete("/api/v1/namespaces/default")).ShouldFail(HttpStatusCode.Forbidden, "Forbidden");

    [Fact]
    public async Task A_namespaces_name_is_a_label() =>
        (await Post("/api/v1/namespaces", """{"metadata":{"name":"a.b"}}""")).ShouldFail(HttpStatusCode.UnprocessableEntity, "Invalid").Text("message")!.ShouldContain("RFC 1123 label");
}
