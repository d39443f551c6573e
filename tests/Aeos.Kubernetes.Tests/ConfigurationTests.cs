using Aeos.Kubernetes.Configuration;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Tests.Fixtures;

namespace Aeos.Kubernetes.Tests;

public sealed class ConfigurationTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];

    private ConnectionOptions Options => new()
    {
        Environment = name => _environment.GetValueOrDefault(name),
        Home = Path.Combine(_folder.Path, "home"),
        ServiceAccountFolder = Path.Combine(_folder.Path, "account"),
    };

    public void Dispose() => _folder.Dispose();

    private static string Named(string server, string context = "here") => $$"""
        current-context: {{context}}
        contexts:
        - {name: {{context}}, context: {cluster: c, user: u, namespace: {{context}} } }
        clusters:
        - {name: c, cluster: {server: "{{server}}"} }
        users:
        - {name: u, user: {} }
        """;

    [Fact]
    public void Without_anything_said_the_file_in_the_home_directory_counts()
    {
        _folder.Write("home/.kube/config", Named("https://home"));
        var connection = ClusterConnection.Find(Options);
        connection.Server.ShouldBe(new Uri("https://home"));
        connection.Namespace.ShouldBe("here");
        connection.Origin.ShouldContain("home/.kube/config");
    }

    [Fact]
    public void KUBECONFIG_lists_files_of_which_the_first_wins_entry_by_entry()
    {
        var first = _folder.Write("first", "current-context: two\nclusters:\n- {name: c, cluster: {server: 'https://first'}}");
        var second = _folder.Write("second", Named("https://second", "one"));
        var third = _folder.Write("third", Named("https://third", "two"));
        _environment["KUBECONFIG"] = string.Join(Path.PathSeparator, first, Path.Combine(_folder.Path, "missing"), "", second, third, first);
        var connection = ClusterConnection.Find(Options);
        connection.Context.ShouldBe("two");
        connection.Server.ShouldBe(new Uri("https://first"));
        ClusterConnection.Find(Options with { Context = "one" }).Namespace.ShouldBe("one");
    }

    [Fact]
    public void A_named_kubeconfig_is_read_alone_and_has_to_exist()
    {
        _environment["KUBECONFIG"] = _folder.Write("first", Named("https://first"));
        ClusterConnection.Find(Options with { Kubeconfig = _folder.Write("named", Named("https://named")) }).Server.Host.ShouldBe("named");
        Should.Throw<KubernetesException>(() => ClusterConnection.Find(Options with { Kubeconfig = "/nowhere/config" }))
            .Cause.ShouldBe("the kubeconfig /nowhere/config does not exist");
    }

    [Fact]
    public void Without_a_kubeconfig_a_pod_uses_its_service_account()
    {
        var authority = new TestAuthority();
        _folder.Write("account/token", "t");
        _folder.Write("account/ca.crt", authority.Pem);
        _folder.Write("account/namespace", "velero\n");
        (_environment["KUBERNETES_SERVICE_HOST"], _environment["KUBERNETES_SERVICE_PORT"]) = ("fd00::1", "443");
        var connection = ClusterConnection.Find(Options);
        connection.Server.ShouldBe(new Uri("https://[fd00::1]:443"));
        connection.Namespace.ShouldBe("velero");
        connection.Authorities!.Single().Thumbprint.ShouldBe(authority.Certificate.Thumbprint);

        _folder.Write("home/.kube/config", Named("https://home"));
        ClusterConnection.Find(Options).Server.Host.ShouldBe("home");
    }

    [Fact]
    public void Without_anything_the_error_says_where_was_looked()
    {
        var error = Should.Throw<KubernetesException>(() => ClusterConnection.Find(Options));
        error.Cause.ShouldContain(Path.Combine(_folder.Path, "home", ".kube", "config"));
        error.Remedy.ShouldContain("--kubeconfig");
    }

    [Theory]
    [InlineData("https://c\nextra: 1", "", "https://c/")]
    [InlineData("localhost:8080", "", "http://localhost:8080/")]
    [InlineData("https://c/a/b?x=1", "", "https://c/a/b")]
    public void Servers_are_read_as_kubectl_reads_them(string server, string user, string expected)
        => _folder.Connect($"server: {server}", user).Server.AbsoluteUri.ShouldBe(expected);

    [Theory]
    [InlineData("", "", "cluster c: server is missing")]
    [InlineData("server: ftp://c", "", "cluster c: server is not an http or https address")]
    [InlineData("server: [1]", "", "cluster c: server is not a single value")]
    [InlineData("server: https://c\ninsecure-skip-tls-verify: maybe", "", "cluster c: insecure-skip-tls-verify is neither true nor false")]
    [InlineData("server: https://c\nproxy-url: gopher://p", "", "cluster c: proxy-url is not an http, https or socks5 address")]
    [InlineData("server: https://c\ncertificate-authority-data: '***'", "", "cluster c: certificate-authority-data is not base64")]
    [InlineData("server: https://c\ncertificate-authority-data: aGVsbG8=", "", "cluster c: certificate-authority-data holds no PEM certificate")]
    [InlineData("server: https://c\ncertificate-authority: ca.crt", "", "cluster c: certificate-authority: ")]
    [InlineData("server: https://c\ninsecure-skip-tls-verify: true\ncertificate-authority-data: aGVsbG8=", "", "cluster c: insecure-skip-tls-verify is set, and so is a certificate authority")]
    [InlineData("server: https://c", "token: hunter2\nusername: x", "user u: it has a token and a username")]
    [InlineData("server: https://c", "client-certificate-data: hunter2", "user u: client-certificate-data is not base64")]
    [InlineData("server: https://c", "client-certificate-data: aHVudGVyMg==", "user u: client-certificate is given, and client-key or client-key-data is missing")]
    [InlineData("server: https://c", "client-certificate-data: aHVudGVyMg==\nclient-key-data: aHVudGVyMg==", "user u: client certificate and key are not a pair of PEM texts")]
    [InlineData("server: https://c", "client-key: hunter2.key\nclient-certificate: a.crt", "user u: client-certificate: ")]
    [InlineData("server: https://c", "auth-provider: {name: gcp}", "user u: auth-provider was removed")]
    [InlineData("server: https://c", "as-groups: [a]", "user u: as-uid, as-groups and as-user-extra need as")]
    [InlineData("server: https://c", "as: x\nas-groups: [a, b]", "user u: as-groups has more than one value")]
    [InlineData("server: https://c", "exec: {command: x, interactiveMode: Never}", "user u: exec has no apiVersion")]
    [InlineData("server: https://c", "exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: x}", "user u: exec has the apiVersion client.authentication.k8s.io/v1alpha1")]
    [InlineData("server: https://c", "exec: {apiVersion: client.authentication.k8s.io/v1, command: x}", "user u: exec has no interactiveMode")]
    [InlineData("server: https://c", "exec: {apiVersion: client.authentication.k8s.io/v1, command: x, interactiveMode: Perhaps}", "user u: exec's interactiveMode is none of")]
    [InlineData("server: https://c", "exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never}", "user u: exec has no command")]
    [InlineData("server: https://c", "exec: {apiVersion: client.authentication.k8s.io/v1, command: x, interactiveMode: Never, env: [{value: hunter2}]}", "user u: an env entry of exec has no name")]
    public void Each_broken_rule_names_file_and_entry_and_no_secret(string cluster, string user, string cause)
    {
        var error = Should.Throw<KubernetesException>(() => _folder.Connect(cluster, user));
        error.Cause.ShouldStartWith($"kubeconfig {Path.Combine(_folder.Path, "config")}: {cause}");
        error.ToString().Replace("hunter2.key", "").ShouldNotContain("hunter2");
        error.Remedy.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: Pod", "is not of apiVersion v1 and kind Config")]
    [InlineData("- a", "is not a mapping")]
    [InlineData("users: [{name: u, user: {token: \"hunter2}}]", "is not YAML")]
    [InlineData("clusters: {}", "clusters is not a list")]
    [InlineData("clusters: [{name: c}, {name: c}]", "clusters has two entries named c")]
    [InlineData("current-context: there\nclusters: [{name: c}]", "has no context named there")]
    [InlineData("clusters: [{name: c}]", "sets no current-context")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: y}}]", "context x has no cluster named y")]
    [InlineData("current-context: x\ncontexts: [{name: x}]", "context x names no cluster")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: c, user: v}}]\nclusters: [{name: c, cluster: {server: 'https://c'}}]", "context x has no user named v")]
    public void Each_broken_file_is_named_with_the_rule(string text, string cause)
    {
        var path = _folder.Write("config", text);
        var error = Should.Throw<KubernetesException>(() => ClusterConnection.Find(Options with { Kubeconfig = path }));
        error.Cause.ShouldContain(cause);
        error.Cause.ShouldContain(path);
        error.ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public void A_context_that_is_not_there_is_answered_with_those_that_are()
        => Should.Throw<KubernetesException>(() => ClusterConnection.Find(Options with { Kubeconfig = _folder.Kubeconfig("server: https://c"), Context = "x" }))
            .Remedy.ShouldBe("Choose another with --context; there is here.");

    [Fact]
    public void Paths_count_from_the_folder_of_the_file()
    {
        _folder.Write("keys/ca.crt", new TestAuthority().Pem);
        _folder.Connect("server: https://c\ncertificate-authority: keys/ca.crt").Authorities!.Count.ShouldBe(1);
    }

    [Fact]
    public void A_kubeconfig_may_be_JSON()
        => ClusterConnection.Find(Options with
        {
            Kubeconfig = _folder.Write("config.json", """
                {"kind":"Config","apiVersion":"v1","current-context":"x","contexts":[{"name":"x","context":{"cluster":"c","user":""}}],
                 "clusters":[{"name":"c","cluster":{"server":"https://c","certificate-authority-data":null}}],"users":null}
                """),
        }).Server.Host.ShouldBe("c");
}
