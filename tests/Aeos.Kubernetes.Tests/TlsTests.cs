using System.Net;
using System.Net.Sockets;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Tests.Fixtures;

namespace Aeos.Kubernetes.Tests;

public sealed class TlsTests : IDisposable
{
    private const string Version = """{"gitVersion":"v1.34.1"}""";

    private static readonly TestAuthority Authority = new();

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static Task<TestApi> StartAsync(params string[] names)
        => TestApi.StartAsync(context => context.JsonAsync(Version), Authority.Server(names));

    private static string Trusting(TestApi api, TestAuthority authority, string more = "")
        => $"server: {api.Address}\ncertificate-authority-data: {TestFolder.Base64(authority.Pem)}\n{more}";

    private async Task<string> AskAsync(string cluster, string user = "")
    {
        using var client = new KubernetesClient(_folder.Connect(cluster, user));
        return (await client.GetVersionAsync()).GitVersion;
    }

    private async Task<KubernetesException> RefusalAsync(string cluster, string user = "")
        => await Should.ThrowAsync<KubernetesException>(() => AskAsync(cluster, user));

    [Fact]
    public async Task A_server_of_the_clusters_authority_is_spoken_to_over_HTTP_2()
    {
        await using var api = await StartAsync("127.0.0.1");
        (await AskAsync(Trusting(api, Authority))).ShouldBe("v1.34.1");
        api.Requests.Single().Protocol.ShouldBe("HTTP/2");
    }

    [Theory]
    [InlineData("CN=another", "its certificate is not signed by the cluster's certificate-authority")]
    [InlineData("CN=aeos test authority", "its certificate does not hold: NotSignatureValid")]
    public async Task A_server_of_another_authority_is_not_asked_anything(string name, string rule)
    {
        await using var api = await StartAsync("127.0.0.1");
        var refusal = await RefusalAsync(Trusting(api, new TestAuthority(name)), "token: hunter2");
        refusal.Cause.ShouldContain(rule);
        refusal.Cause.ShouldContain("context here of");
        api.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_an_authority_those_of_the_system_count()
    {
        await using var api = await StartAsync("127.0.0.1");
        (await RefusalAsync($"server: {api.Address}")).Cause.ShouldContain("not signed by an authority that this system knows");
    }

    [Fact]
    public async Task An_intermediate_may_be_the_authority()
    {
        var intermediate = new TestAuthority("CN=aeos test intermediate", Authority);
        await using var api = await TestApi.StartAsync(context => context.JsonAsync(Version), intermediate.Server("127.0.0.1"));
        (await AskAsync(Trusting(api, intermediate))).ShouldBe("v1.34.1");
    }

    [Fact]
    public async Task An_expired_certificate_is_refused_whoever_signed_it()
    {
        await using var api = await TestApi.StartAsync(
            context => context.JsonAsync(Version), Authority.Server(DateTimeOffset.UtcNow.AddHours(-1), "127.0.0.1"));
        (await RefusalAsync(Trusting(api, Authority))).Cause.ShouldContain("its certificate does not hold: NotTimeValid");
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused_unless_that_name_is_expected()
    {
        await using var api = await StartAsync("kubernetes");
        (await RefusalAsync(Trusting(api, Authority))).Cause.ShouldContain("its certificate is for another name");
        (await AskAsync(Trusting(api, Authority, "tls-server-name: kubernetes"))).ShouldBe("v1.34.1");
        (await RefusalAsync(Trusting(api, Authority, "tls-server-name: other"))).Cause.ShouldContain("its certificate is for another name");

        // The name is for TLS alone: what stands behind a proxy goes by the address.
        api.Requests.Single().Host.ShouldBe(api.Address.Authority);
        api.Requests.Single().Protocol.ShouldBe("HTTP/2");
    }

    [Fact]
    public async Task Verification_may_be_switched_off()
    {
        await using var api = await StartAsync("elsewhere");
        (await AskAsync($"server: {api.Address}\ninsecure-skip-tls-verify: true")).ShouldBe("v1.34.1");
    }

    [Theory]
    [InlineData("rsa")]
    [InlineData("ec")]
    [InlineData("pkcs8")]
    public async Task A_client_certificate_is_shown_from_data_and_from_files(string form)
    {
        await using var api = await TestApi.StartAsync(
            context => context.JsonAsync(Version), Authority.Server("127.0.0.1"), Authority.Certificate);
        var (certificate, key) = Authority.Client("admin", form);
        await AskAsync(Trusting(api, Authority), $"client-certificate-data: {TestFolder.Base64(certificate)}\nclient-key-data: {TestFolder.Base64(key)}");
        _folder.Write("a.crt", certificate);
        _folder.Write("a.key", key);
        await AskAsync(Trusting(api, Authority), "client-certificate: a.crt\nclient-key: a.key");
        api.Requests.Select(request => request.ClientCertificate).ShouldBe(["CN=admin", "CN=admin"]);
        await RefusalAsync(Trusting(api, Authority));
    }

    [Theory]
    [InlineData("token: hunter2", "Bearer hunter2")]
    [InlineData("username: me\npassword: hunter2", "Basic bWU6aHVudGVyMg==")]
    [InlineData("token: hunter2\nexec: {apiVersion: client.authentication.k8s.io/v1, command: /nowhere, interactiveMode: Never}", "Bearer hunter2")]
    [InlineData("", null)]
    public async Task A_user_is_told_by_a_header(string user, string? expected)
    {
        await using var api = await StartAsync("127.0.0.1");
        await AskAsync(Trusting(api, Authority), user);
        api.Requests.Single().Header("Authorization").ShouldBe(expected);
    }

    [Fact]
    public async Task Who_acts_as_another_says_so()
    {
        await using var api = await StartAsync("127.0.0.1");
        await AskAsync(Trusting(api, Authority), "token: t\nas: jane\nas-groups: [dev]\nas-user-extra: {a/b: [x]}");
        var request = api.Requests.Single();
        request.Header("Impersonate-User").ShouldBe("jane");
        request.Header("Impersonate-Group").ShouldBe("dev");
        request.Header("Impersonate-Extra-a%2Fb").ShouldBe("x");
    }

    [Fact]
    public async Task Credentials_are_never_sent_without_TLS()
    {
        await using var api = await TestApi.StartAsync(context => context.JsonAsync(Version));
        await AskAsync($"server: {api.Address}", "token: hunter2");
        api.Requests.Single().Header("Authorization").ShouldBeNull();
    }

    [Theory]
    [InlineData("127.0.0.1", "")]
    [InlineData("kubernetes", "tls-server-name: kubernetes")]
    public async Task Commands_in_pods_run_over_the_same_TLS_and_as_the_same_user(string name, string cluster)
    {
        await using var api = await TestApi.StartAsync(
            async context =>
            {
                using var socket = await context.WebSockets.AcceptWebSocketAsync("v4.channel.k8s.io");
                await socket.SendAsync((byte[])[3, .. """{"status":"Success"}"""u8], System.Net.WebSockets.WebSocketMessageType.Binary, true, default);
                await socket.CloseOutputAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, default);
            },
            Authority.Server(name),
            Authority.Certificate);
        var (certificate, key) = Authority.Client("admin");
        var user = $"token: t\nclient-certificate-data: {TestFolder.Base64(certificate)}\nclient-key-data: {TestFolder.Base64(key)}";
        using var client = new KubernetesClient(_folder.Connect(Trusting(api, Authority, cluster), user));
        (await client.ExecAsync("shop", "db-0", new Exec.PodExecOptions { Command = ["true"] })).ShouldBe(0);
        var request = api.Requests.Single();
        request.Header("Authorization").ShouldBe("Bearer t");
        request.ClientCertificate.ShouldBe("CN=admin");
        request.Protocol.ShouldBe("HTTP/1.1");
    }

    [Fact]
    public async Task A_stream_that_is_reset_is_asked_for_again()
    {
        var turns = 0;
        await using var api = await TestApi.StartAsync(
            context =>
            {
                if (Interlocked.Increment(ref turns) == 1)
                {
                    context.Abort();
                    return Task.CompletedTask;
                }

                return context.JsonAsync(Version);
            },
            Authority.Server("127.0.0.1"));
        (await AskAsync(Trusting(api, Authority))).ShouldBe("v1.34.1");
        api.Requests.Select(request => request.Protocol).ShouldBe(["HTTP/2", "HTTP/2"]);
    }

    [Fact]
    public async Task Requests_go_through_the_proxy_that_is_named()
    {
        await using var api = await StartAsync("kubernetes");
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        var asked = TunnelAsync(proxy, api.Address.Port);
        var answer = await AskAsync($"""
            server: https://cluster.example:6443
            certificate-authority-data: {TestFolder.Base64(Authority.Pem)}
            tls-server-name: kubernetes
            proxy-url: http://me:pass@127.0.0.1:{((IPEndPoint)proxy.LocalEndpoint).Port}
            """);
        answer.ShouldBe("v1.34.1");
        (await asked).ShouldStartWith("CONNECT cluster.example:6443 HTTP/1.1");
    }

    // A proxy for one connection, which it leads to the port.
    private static async Task<string> TunnelAsync(TcpListener proxy, int port)
    {
        var client = await proxy.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var head = new List<byte>();
        var one = new byte[1];
        while (!System.Text.Encoding.ASCII.GetString([.. head]).EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one);
            head.Add(one[0]);
        }

        var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, port);
        await stream.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray());
        _ = stream.CopyToAsync(server.GetStream());
        _ = server.GetStream().CopyToAsync(stream);
        return System.Text.Encoding.ASCII.GetString([.. head]);
    }
}
