using Aeos.Backup.Restores.Preparing;

namespace Aeos.Backup.Tests.Restores.Preparing;

public sealed class AccountRuleTests
{
    private const string Token = """
        {"kind":"Secret","metadata":{"name":"web-token-x1","namespace":"shop","annotations":{"kubernetes.io/service-account.name":"web","kubernetes.io/service-account.uid":"u"}},
         "type":"kubernetes.io/service-account-token","data":{"token":"dA==","ca.crt":"Yw==","namespace":"bg=="}}
        """;

    private static Preparation With(params string[] accounts) => new(
        sources: new RuleSources { Cluster = new NamedThings { Accounts = { ["shop"] = accounts } } });

    [Fact]
    public async Task A_token_named_as_the_cluster_names_those_of_an_account_that_is_there_is_not_restored()
        => (await With("default", "web").OmissionAsync("secrets", Token)).ShouldBe("the cluster makes such tokens itself");

    [Fact]
    public async Task A_token_of_another_name_is()
        => (await With("default").OmissionAsync("secrets", Token)).ShouldBeNull();

    [Fact]
    public async Task Another_secret_is_whatever_its_name()
        => (await With("web").OmissionAsync("secrets", """{"metadata":{"name":"web-token-x1","namespace":"shop"},"type":"Opaque"}""")).ShouldBeNull();

    [Fact]
    public async Task Accounts_are_looked_for_in_the_namespace_that_the_backup_has()
        => (await new Preparation(Preparation.Mapping("shop", "copy"), new RuleSources { Cluster = new NamedThings { Accounts = { ["copy"] = ["web"] } } })
            .OmissionAsync("secrets", Token)).ShouldBeNull();

    [Fact]
    public async Task A_restored_token_loses_what_the_cluster_fills_in()
    {
        var secret = await With().ApplyAsync("secrets", Token);

        secret["data"]!.ToJsonString().ShouldBe("""{"namespace":"bg=="}""");
        secret["metadata"]!["annotations"]!.ToJsonString().ShouldBe("""{"kubernetes.io/service-account.name":"web"}""");
    }

    [Fact]
    public async Task Another_secret_keeps_fields_of_these_names()
        => (await With().ApplyAsync("secrets", """{"metadata":{"name":"a"},"type":"Opaque","data":{"token":"dA==","ca.crt":"Yw=="}}"""))["data"]!.AsObject().Count.ShouldBe(2);

    [Fact]
    public async Task An_account_loses_the_token_that_the_old_cluster_made_and_keeps_its_image_pull_secrets()
    {
        var account = await With().ApplyAsync("serviceaccounts", """
            {"metadata":{"name":"web"},"secrets":[{"name":"mine"},{"name":"web-token-x1"},{"name":"other-token-x2"}],"imagePullSecrets":[{"name":"web-token-pull"}]}
            """);

        account["secrets"]!.ToJsonString().ShouldBe("""[{"name":"mine"},{"name":"other-token-x2"}]""");
        account["imagePullSecrets"]!.ToJsonString().ShouldBe("""[{"name":"web-token-pull"}]""");
    }

    [Fact]
    public async Task Of_several_such_tokens_an_account_loses_the_last()
        => (await With().ApplyAsync("serviceaccounts", """{"metadata":{"name":"web"},"secrets":[{"name":"web-token-1"},{"name":"web-token-2"}]}"""))["secrets"]!.ToJsonString()
            .ShouldBe("""[{"name":"web-token-1"}]""");

    [Theory]
    [InlineData("rolebindings.rbac.authorization.k8s.io")]
    [InlineData("clusterrolebindings.rbac.authorization.k8s.io")]
    public async Task Subjects_of_a_binding_follow_their_namespaces(string type)
        => (await new Preparation(Preparation.Mapping("shop", "copy")).ApplyAsync(type, """
            {"metadata":{"name":"b"},"subjects":[{"kind":"ServiceAccount","name":"a","namespace":"shop"},{"kind":"ServiceAccount","name":"a","namespace":"other"},{"kind":"User","name":"u"}]}
            """, ""))["subjects"]!.ToJsonString().ShouldBe(
                """[{"kind":"ServiceAccount","name":"a","namespace":"copy"},{"kind":"ServiceAccount","name":"a","namespace":"other"},{"kind":"User","name":"u"}]""");

    [Fact]
    public void An_account_that_is_there_gets_what_the_backups_has_besides_and_keeps_its_own()
        => ServiceAccountMerge.Merge(
            Preparation.Parse("""{"metadata":{"name":"web","labels":{"a":"cluster"}},"secrets":[{"name":"one"}]}"""),
            Preparation.Parse("""
                {"metadata":{"name":"web","labels":{"a":"backup","b":"backup"},"annotations":{"c":"backup"}},"secrets":[{"name":"one","kind":"Secret"},{"name":"two"}],
                 "imagePullSecrets":[{"name":"registry"}],"automountServiceAccountToken":false}
                """)).ToJsonString().ShouldBe(
                """{"metadata":{"name":"web","labels":{"a":"cluster","b":"backup"},"annotations":{"c":"backup"}},"secrets":[{"name":"one"},{"name":"two"}],"imagePullSecrets":[{"name":"registry"}]}""");
}
