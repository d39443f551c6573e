using System.Net;

namespace Aeos.Embedded.Tests;

public sealed class TokenTests : ClusterTest
{
    private const string Secrets = "/api/v1/namespaces/default/secrets";

    private protected override EmbeddedClusterOptions Options => new() { TokenForEachAccount = true, ManagedFields = true };

    [Fact]
    public async Task A_token_Secret_is_filled_for_its_account()
    {
        (await Post(Secrets, Token("t", "default"))).ShouldBe(HttpStatusCode.Created);
        await Cluster.SettleAsync(Patience);
        var secret = await Get(Secrets + "/t");
        secret["data"]!.AsObject().Select(d => d.Key).Order().ShouldBe(["ca.crt", "namespace", "token"]);
        secret["metadata/annotations"]!["kubernetes.io/service-account.uid"]!.ToString()
            .ShouldBe((await Get("/api/v1/namespaces/default/serviceaccounts/default")).Text("metadata/uid"));
    }

    [Theory]
    [InlineData("absent", "")]
    [InlineData("default", ",\"kubernetes.io/service-account.uid\":\"another\"")]
    public async Task A_token_Secret_of_another_account_is_removed(string account, string annotation)
    {
        (await Post(Secrets, Token("t", account, annotation))).ShouldBe(HttpStatusCode.Created);
        await Cluster.SettleAsync(Patience);
        (await Get(Secrets + "/t")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
    }

    [Fact]
    public async Task A_token_Secret_without_an_account_is_refused() =>
        (await Post(Secrets, """{"metadata":{"name":"t"},"type":"kubernetes.io/service-account-token"}""")).ShouldFail(HttpStatusCode.UnprocessableEntity, "Invalid");

    [Fact]
    public async Task A_Secret_that_is_no_base64_is_refused() =>
        (await Post(Secrets, """{"metadata":{"name":"t"},"data":{"k":"not base64!"}}""")).ShouldFail(HttpStatusCode.BadRequest, "BadRequest").Text("message")!.ShouldContain("illegal base64 data");

    [Fact]
    public async Task An_old_cluster_gives_each_account_a_Secret_that_goes_with_it()
    {
        const string accounts = "/api/v1/namespaces/default/serviceaccounts";
        await Post(accounts, """{"metadata":{"name":"robot"}}""");
        await Cluster.SettleAsync(Patience);
        var name = (await Get(accounts + "/robot")).Text("secrets/0/name")!;
        name.ShouldStartWith("robot-token-");
        (await Get($"{Secrets}/{name}")).Text("data/token").ShouldNotBeNull();
        await Delete(accounts + "/robot");
        await Cluster.SettleAsync(Patience);
        (await Get($"{Secrets}/{name}")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
    }

    [Fact]
    public async Task A_token_can_be_asked_for() =>
        (await Post("/api/v1/namespaces/default/serviceaccounts/default/token", """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{}}"""))
            .ShouldBe(HttpStatusCode.Created).Text("status/token").ShouldNotBeNullOrEmpty();

    [Fact]
    public async Task ManagedFields_are_recorded_when_asked_for_and_can_be_put_back()
    {
        var made = await Post("/api/v1/namespaces/default/configmaps?fieldManager=test", ConfigMap("a"));
        made.Text("metadata/managedFields/0/manager").ShouldBe("test");
        made.Text("metadata/managedFields/0/operation").ShouldBe("Update");
        var patched = await Patch("/api/v1/namespaces/default/configmaps/a?fieldManager=aeos", "merge-patch+json", """{"metadata":{"managedFields":[{"manager":"old","operation":"Apply","apiVersion":"v1"}]}}""");
        patched.Body["metadata"]!["managedFields"]!.AsArray().Select(m => m!["manager"]!.ToString()).ShouldContain("old");
    }

    private static string Token(string name, string account, string annotation = "") =>
        """{"metadata":{"name":"NAME","annotations":{"kubernetes.io/service-account.name":"ACCOUNT"ANNOTATION}},"type":"kubernetes.io/service-account-token"}"""
            .Replace("NAME", name, StringComparison.Ordinal).Replace("ANNOTATION", annotation, StringComparison.Ordinal).Replace("ACCOUNT", account, StringComparison.Ordinal);
}
