using System.Net;

namespace Aeos.Embedded.Tests;

public sealed class ListTests : ClusterTest
{
    private const string Maps = "/api/v1/namespaces/shop/configmaps";

    [Fact]
    public async Task Items_of_built_in_types_stand_in_lists_without_kind_and_apiVersion()
    {
        await MakeNamespace("shop");
        var list = (await Get(Maps)).ShouldBe(HttpStatusCode.OK);
        list.Text("kind").ShouldBe("ConfigMapList");
        list.Text("apiVersion").ShouldBe("v1");
        list.Names.ShouldBe(["kube-root-ca.crt"]);
        list["items/0/kind"].ShouldBeNull();
        list["items/0/apiVersion"].ShouldBeNull();
    }

    [Fact]
    public async Task A_namespaces_list_holds_its_own_and_the_list_of_all_holds_all_in_order()
    {
        await MakeNamespace("shop");
        await MakeNamespace("shop-2");
        await MakeConfigMap("b", "shop");
        await MakeConfigMap("a", "shop-2");
        (await Get(Maps)).Names.ShouldBe(["b", "kube-root-ca.crt"]);
        var all = (await Get("/api/v1/configmaps")).Body["items"]!.AsArray().Select(i => $"{i!["metadata"]!["namespace"]}/{i["metadata"]!["name"]}").ToList();
        all.ShouldContain("shop/b");
        all.ShouldContain("shop-2/a");
        all.ShouldBe(all.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Pages_together_are_the_list_as_it_was_at_the_first_page()
    {
        await MakeNamespace("shop");
        for (var i = 0; i < 7; i++)
        {
            await MakeConfigMap($"m{i}", "shop");
        }

        var first = await Get(Maps + "?limit=3");
        first.Names.Count.ShouldBe(3);
        first.Text("metadata/remainingItemCount").ShouldBe("5");
        await MakeConfigMap("m3a", "shop");
        await Delete(Maps + "/m4");
        var second = await Get($"{Maps}?limit=3&continue={first.Text("metadata/continue")}");
        var third = await Get($"{Maps}?limit=3&continue={second.Text("metadata/continue")}");
        string[] names = [.. first.Names, .. second.Names, .. third.Names];
        names.ShouldBe(["kube-root-ca.crt", "m0", "m1", "m2", "m3", "m4", "m5", "m6"]);
        second.Text("metadata/resourceVersion").ShouldBe(first.Text("metadata/resourceVersion"));
        third["metadata/continue"].ShouldBeNull();
        third["metadata/remainingItemCount"].ShouldBeNull();
    }

    [Fact]
    public async Task An_expired_token_is_410_with_a_token_for_the_rest_as_it_is_now()
    {
        await MakeNamespace("shop");
        foreach (var name in new[] { "a", "b", "c" })
        {
            await MakeConfigMap(name, "shop");
        }

        var first = await Get(Maps + "?limit=2");
        first.Names.ShouldBe(["a", "b"]);
        Cluster.Compact();
        await MakeConfigMap("bb", "shop");
        var expired = (await Get($"{Maps}?limit=2&continue={first.Text("metadata/continue")}")).ShouldFail(HttpStatusCode.Gone, "Expired");
        var rest = await Get($"{Maps}?continue={expired.Text("metadata/continue")}");
        rest.ShouldBe(HttpStatusCode.OK).Names.ShouldBe(["bb", "c", "kube-root-ca.crt"]);
    }

    [Fact]
    public async Task A_token_that_is_none_is_refused()
    {
        (await Get("/api/v1/configmaps?continue=nonsense")).ShouldFail(HttpStatusCode.BadRequest, "BadRequest");
        var page = await Get("/api/v1/configmaps?limit=1");
        (await Get($"/api/v1/configmaps?limit=1&continue={page.Text("metadata/continue")}&resourceVersion=3")).ShouldFail(HttpStatusCode.BadRequest, "BadRequest");
    }

    [Fact]
    public async Task A_resource_version_of_the_future_is_a_timeout_and_an_exact_old_one_is_gone()
    {
        (await Get("/api/v1/configmaps?resourceVersion=99999999")).ShouldFail(HttpStatusCode.GatewayTimeout, "Timeout")
            .Text("details/causes/0/reason").ShouldBe("ResourceVersionTooLarge");
        var before = (await Get("/api/v1/configmaps")).Text("metadata/resourceVersion");
        await MakeConfigMap("a");
        (await Get($"/api/v1/configmaps?resourceVersion={before}&resourceVersionMatch=NotOlderThan")).ShouldBe(HttpStatusCode.OK);
        (await Get($"/api/v1/configmaps?resourceVersion={before}&resourceVersionMatch=Exact")).ShouldFail(HttpStatusCode.Gone, "Expired");
    }

    [Theory]
    [InlineData("app=web", "a,b")]
    [InlineData("app%3D%3Dweb,tier!=front", "b")]
    [InlineData("app in (web, db)", "a,b,c")]
    [InlineData("app notin (web),app", "c")]
    [InlineData("tier", "a,b")]
    [InlineData("!tier,app", "c")]
    [InlineData("tier=", "b")]
    public async Task Labels_select(string selector, string expected)
    {
        await MakeConfigMap("a", labels: """{"app":"web","tier":"front"}""");
        await MakeConfigMap("b", labels: """{"app":"web","tier":""}""");
        await MakeConfigMap("c", labels: """{"app":"db"}""");
        await MakeConfigMap("d");
        (await Get("/api/v1/namespaces/default/configmaps?labelSelector=" + selector)).Names.ShouldBe(expected.Split(','));
    }

    [Fact]
    public async Task Fields_select_where_the_type_offers_them()
    {
        await MakeConfigMap("a");
        await MakeConfigMap("b");
        (await Get("/api/v1/configmaps?fieldSelector=metadata.name=a,metadata.namespace=default")).Names.ShouldBe(["a"]);
        (await Get("/api/v1/namespaces/default/configmaps?fieldSelector=metadata.name!=a")).Names.ShouldBe(["b", "kube-root-ca.crt"]);
        (await Get("/api/v1/configmaps?fieldSelector=data.a=1")).ShouldFail(HttpStatusCode.BadRequest, "BadRequest").Text("message").ShouldBe("field label not supported: data.a");
        (await Get("/api/v1/configmaps?labelSelector=a%20b")).ShouldFail(HttpStatusCode.BadRequest, "BadRequest");

        Cluster.Seed("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c"}]},"status":{"phase":"Succeeded"}}""");
        Cluster.Seed("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"q"},"spec":{"containers":[{"name":"c"}]}}""");
        (await Get("/api/v1/pods?fieldSelector=status.phase=Succeeded")).Names.ShouldBe(["p"]);
    }

    [Fact]
    public async Task A_collection_is_deleted_by_its_selector()
    {
        await MakeConfigMap("a", labels: """{"app":"web"}""");
        await MakeConfigMap("b");
        (await Delete("/api/v1/namespaces/default/configmaps?labelSelector=app=web")).ShouldBe(HttpStatusCode.OK).Names.ShouldBe(["a"]);
        (await Get("/api/v1/namespaces/default/configmaps")).Names.ShouldBe(["b", "kube-root-ca.crt"]);
    }

    [Fact]
    public async Task A_hundred_thousand_secrets_are_listed_in_pages()
    {
        const int count = 100_000;
        for (var i = 0; i < count; i++)
        {
            Cluster.Seed($$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s{{{i}}}","namespace":"default"},"data":{"k":"AAAA"}}""");
        }

        var (seen, token) = (new HashSet<string>(), "");
        do
        {
            var page = await Get($"/api/v1/secrets?limit=5000&continue={token}");
            page.ShouldBe(HttpStatusCode.OK);
            seen.UnionWith(page.Names);
            token = page.Text("metadata/continue") ?? "";
        }
        while (token.Length > 0);

        seen.Count.ShouldBe(count);
    }
}
