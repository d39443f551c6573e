using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace Aeos.Kubernetes.Tests;

public sealed class CredentialTests : IDisposable
{
    private static readonly TestAuthority Authority = new();

    private readonly TestFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    private static Task<TestApi> StartAsync(RequestDelegate? answer = null)
        => TestApi.StartAsync(answer ?? (context => context.JsonAsync("""{"gitVersion":"v1.34.1"}""")), Authority.Server("127.0.0.1"));

    private static string Cluster(TestApi api) => $"server: {api.Address}\ncertificate-authority-data: {TestFolder.Base64(Authority.Pem)}";

    private KubernetesClient Client(TestApi api, string user, string cluster = "") => new(_folder.Connect(Cluster(api) + "\n" + cluster, user, _time));

    private string Exec(string script, string more = "", string version = "v1")
    {
        _folder.Script("plugin.sh", script);
        return $$"""
            exec:
              apiVersion: client.authentication.k8s.io/{{version}}
              command: ./plugin.sh
              interactiveMode: Never
            {{string.Join('\n', more.Split('\n').Select(line => "  " + line))}}
            """;
    }

    private static string Answer(string status, string version = "v1")
        => $$$"""echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/{{{version}}}","status":{ {{{status}}} }}'""";

    private string Runs => Path.Combine(_folder.Path, "runs");

    [Fact]
    public async Task A_token_file_is_read_again_every_minute()
    {
        await using var api = await StartAsync();
        _folder.Write("token", "one\n");
        using var client = Client(api, "tokenFile: token");
        await client.GetVersionAsync();
        _folder.Write("token", "two\n");
        _time.Advance(TimeSpan.FromSeconds(59));
        await client.GetVersionAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        await client.GetVersionAsync();
        File.Delete(Path.Combine(_folder.Path, "token"));
        _time.Advance(TimeSpan.FromMinutes(1));
        await client.GetVersionAsync();
        api.Requests.Select(request => request.Header("Authorization")).ShouldBe(["Bearer one", "Bearer one", "Bearer two", "Bearer two"]);
    }

    [Fact]
    public async Task A_refused_token_is_read_again_at_once()
    {
        await using var api = await StartAsync(context => context.Request.Headers.Authorization == "Bearer two"
            ? context.JsonAsync("{}")
            : context.StatusAsync(401, "Unauthorized", "no"));
        _folder.Write("token", "one");
        using var client = Client(api, "tokenFile: token");
        (await Should.ThrowAsync<KubernetesApiException>(() => client.GetVersionAsync())).IsUnauthorized.ShouldBeTrue();
        api.Requests.Count.ShouldBe(1);
        _folder.Write("token", "two");
        await client.GetVersionAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public async Task A_token_file_without_a_token_is_an_error(string text)
    {
        await using var api = await StartAsync();
        var path = _folder.Write("token", text);
        using var client = Client(api, "tokenFile: token");
        (await Should.ThrowAsync<KubernetesException>(() => client.GetVersionAsync())).Cause.ShouldContain(path);
        api.Requests.ShouldBeEmpty();
    }

    [UnixFact]
    public async Task A_plugin_gives_a_token_that_is_kept_until_it_expires()
    {
        await using var api = await StartAsync();
        using var client = Client(api, Exec($"""
            echo run >> {Runs}
            {Answer("""
                "token":"'$(wc -l < RUNS | tr -d ' ')'","expirationTimestamp":"2026-01-01T01:00:00Z"
                """.Trim().Replace("RUNS", Runs))}
            """));
        await client.GetVersionAsync();
        _time.Advance(TimeSpan.FromMinutes(59));
        await client.GetVersionAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        await client.GetVersionAsync();
        api.Requests.Select(request => request.Header("Authorization")).ShouldBe(["Bearer 1", "Bearer 1", "Bearer 2"]);
    }

    [UnixFact]
    public async Task A_plugin_whose_token_is_refused_is_run_once_more()
    {
        await using var api = await StartAsync(context => context.StatusAsync(401, "Unauthorized", "no"));
        using var client = Client(api, Exec($"echo run >> {Runs}\n{Answer("\"token\":\"t\"")}"));
        await Should.ThrowAsync<KubernetesApiException>(() => client.GetVersionAsync());
        api.Requests.Count.ShouldBe(2);
        File.ReadAllLines(Runs).Length.ShouldBe(2);
    }

    [UnixFact]
    public async Task Many_requests_at_once_run_a_plugin_once()
    {
        await using var api = await StartAsync();
        using var client = Client(api, Exec($"echo run >> {Runs}\n{Answer("\"token\":\"t\"")}"));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetVersionAsync()));
        File.ReadAllLines(Runs).Length.ShouldBe(1);
    }

    [UnixFact]
    public async Task A_plugin_gets_its_arguments_its_environment_and_the_cluster()
    {
        await using var api = await StartAsync();
        var seen = Path.Combine(_folder.Path, "seen");
        var user = Exec(
            $"echo \"$1|$2|$MARK\" > {seen}\necho \"$KUBERNETES_EXEC_INFO\" >> {seen}\n{Answer("\"token\":\"t\"", "v1beta1")}",
            "args: [get, 'a b']\nenv: [{name: MARK, value: m}]\nprovideClusterInfo: true",
            "v1beta1");
        using var client = Client(api, user, "extensions: [{name: client.authentication.k8s.io/exec, extension: {audience: x, m: 7, s: '7'}}]");
        await client.GetVersionAsync();
        var lines = File.ReadAllLines(seen);
        lines[0].ShouldBe("get|a b|m");
        lines[1].ShouldBe(
            $$"""{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","spec":{"interactive":false,"cluster":{"server":"{{api.Address}}",""".TrimEnd()
            + $"\"certificate-authority-data\":\"{TestFolder.Base64(Authority.Pem)}\","
            + """
            "config":{"audience":"x","m":7,"s":"7"}}}}
            """);
    }

    [UnixFact]
    public async Task A_plugin_may_give_a_client_certificate()
    {
        await using var api = await TestApi.StartAsync(
            context => context.JsonAsync("{}"), Authority.Server("127.0.0.1"), Authority.Certificate);
        var (certificate, key) = Authority.Client("plugin");
        using var client = Client(api, Exec(Answer(
            $"\"clientCertificateData\":\"{certificate.ReplaceLineEndings("\\n")}\",\"clientKeyData\":\"{key.ReplaceLineEndings("\\n")}\"").Replace("echo", "printf '%s\\n'")));
        await client.GetVersionAsync();
        api.Requests.Single().ClientCertificate.ShouldBe("CN=plugin");
    }

    [UnixFact]
    public async Task A_certificate_that_is_exchanged_makes_new_connections()
    {
        await using var api = await TestApi.StartAsync(
            context => context.JsonAsync("{}"), Authority.Server("127.0.0.1"), Authority.Certificate);
        foreach (var name in new[] { "one", "two" })
        {
            var (certificate, key) = Authority.Client(name);
            _folder.Write($"{name}.json", Answer(
                $"\"expirationTimestamp\":\"{(name == "one" ? "2026-01-01T00:01:00Z" : "2027-01-01T00:00:00Z")}\","
                + $"\"clientCertificateData\":\"{certificate.ReplaceLineEndings("\\n")}\",\"clientKeyData\":\"{key.ReplaceLineEndings("\\n")}\"")["echo '".Length..^1]);
        }

        using var client = Client(api, Exec($"echo run >> {Runs}\nif [ $(wc -l < {Runs}) = 1 ]; then cat {_folder.Path}/one.json; else cat {_folder.Path}/two.json; fi"));
        await client.GetVersionAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        await client.GetVersionAsync();
        api.Requests.Select(request => request.ClientCertificate).ShouldBe(["CN=one", "CN=two"]);
    }

    [UnixFact]
    public async Task A_plugin_that_breaks_a_rule_is_named_and_its_output_is_not()
    {
        await using var api = await StartAsync();
        Dictionary<string, string> cases = new()
        {
            ["echo hunter2"] = "its output is no JSON",
            ["echo '[\"hunter2\"]'"] = "its output is no JSON object",
            ["echo '{\"token\":\"hunter2\"}'"] = "its output is no ExecCredential",
            [Answer("\"token\":\"hunter2\"", "v1beta1")] = "not of version client.authentication.k8s.io/v1",
            [Answer("")] = "neither a token nor a client certificate",
            [Answer("\"clientKeyData\":\"hunter2\"")] = "only one of clientCertificateData and clientKeyData",
            [Answer("\"token\":\"hunter2\",\"expirationTimestamp\":\"soon\"")] = "no RFC 3339 time",
            [Answer("\"token\":\"hunter2\\r\\nX: y\"").Replace("echo", "printf '%s\\n'")] = "a line break",
            ["echo hunter2; exit 3"] = "failed with exit code 3",
        };
        foreach (var (script, rule) in cases)
        {
            using var client = Client(api, Exec(script));
            var error = await Should.ThrowAsync<KubernetesException>(() => client.GetVersionAsync());
            error.Cause.ShouldContain(rule);
            error.Cause.ShouldContain("plugin.sh");
            error.ToString().ShouldNotContain("hunter2");
        }

        api.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_plugin_that_is_not_installed_is_answered_with_its_hint()
    {
        await using var api = await StartAsync();
        using var client = Client(api, """
            exec:
              apiVersion: client.authentication.k8s.io/v1
              command: aeos-no-such-command
              interactiveMode: Never
              installHint: "get it \e[31mthere"
            """);
        var error = await Should.ThrowAsync<KubernetesException>(() => client.GetVersionAsync());
        error.Cause.ShouldContain("aeos-no-such-command was not found");
        error.Remedy.ShouldBe("get it [31mthere");
    }

    [UnixFact]
    public async Task A_plugin_that_hangs_is_ended_when_nobody_waits_any_more()
    {
        await using var api = await StartAsync();
        using var client = Client(api, Exec($"echo $$ > {Runs}.tmp; mv {Runs}.tmp {Runs}; exec sleep 1000"));
        using var cancel = new CancellationTokenSource();
        var request = client.GetVersionAsync(cancel.Token);
        while (!File.Exists(Runs))
        {
            await Task.Yield();
        }

        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => request);
        var process = int.Parse(File.ReadAllText(Runs));
        while (Directory.Exists($"/proc/{process}"))
        {
            await Task.Yield();
        }
    }
}
