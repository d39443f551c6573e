using System.Net.WebSockets;
using System.Text;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Exec;
using Aeos.Kubernetes.Tests.Fixtures;

namespace Aeos.Kubernetes.Tests;

public class PodExecTests
{
    private const string Failed = """{"status":"Failure","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"3"}]}}""";

    private static Task<TestApi> StartAsync(Func<WebSocket, Task> answer, string protocol = "v5.channel.k8s.io") => TestApi.StartAsync(async context =>
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(protocol);
        await answer(socket);
    });

    private static Task SendAsync(WebSocket socket, byte channel, string text, bool end = true, bool first = true)
        => socket.SendAsync((byte[])[.. first ? [channel] : Array.Empty<byte>(), .. Encoding.UTF8.GetBytes(text)], WebSocketMessageType.Binary, end, default);

    private static Task CloseAsync(WebSocket socket) => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);

    [Theory]
    [InlineData("v5.channel.k8s.io")]
    [InlineData("v4.channel.k8s.io")]
    public async Task Streams_and_exit_code_come_back(string protocol)
    {
        await using var api = await StartAsync(
            async socket =>
            {
                await SendAsync(socket, 1, "");
                await SendAsync(socket, 1, "one ", end: false);
                await SendAsync(socket, 1, "message", first: false);
                await SendAsync(socket, 2, "oops");
                await SendAsync(socket, 3, Failed);
                await CloseAsync(socket);
            },
            protocol);
        using var client = api.Client();
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var code = await client.ExecAsync("shop", "db-0", new PodExecOptions
        {
            Command = ["/bin/sh", "-c", "sync && echo \"a&b\""],
            Container = "db",
            StandardOutput = output,
            StandardError = error,
        });
        code.ShouldBe(3);
        Encoding.UTF8.GetString(output.ToArray()).ShouldBe("one message");
        Encoding.UTF8.GetString(error.ToArray()).ShouldBe("oops");
        var request = api.Requests.Single();
        request.Target.ShouldBe("/api/v1/namespaces/shop/pods/db-0/exec?container=db&stdout=true&stderr=true&command=%2Fbin%2Fsh&command=-c&command=sync%20%26%26%20echo%20%22a%26b%22");
        request.Header("Sec-WebSocket-Protocol").ShouldBe("v5.channel.k8s.io, v4.channel.k8s.io");
        request.Header("User-Agent")!.ShouldStartWith("aeos/");
    }

    [Fact]
    public async Task Success_is_zero_and_streams_that_nobody_wants_are_dropped()
    {
        await using var api = await StartAsync(async socket =>
        {
            await SendAsync(socket, 1, "noise");
            await SendAsync(socket, 3, """{"status":"Success"}""");
            await CloseAsync(socket);
        });
        using var client = api.Client();
        (await client.ExecAsync("shop", "db-0", new PodExecOptions { Command = ["true"] })).ShouldBe(0);
    }

    [Fact]
    public async Task An_outcome_that_is_no_exit_code_is_an_error_with_the_servers_words()
    {
        await using var api = await StartAsync(async socket =>
        {
            await SendAsync(socket, 3, """{"status":"Failure","reason":"InternalError","message":"no such executable"}""");
            await CloseAsync(socket);
        });
        using var client = api.Client();
        (await Should.ThrowAsync<KubernetesApiException>(() => client.ExecAsync("shop", "db-0", new PodExecOptions { Command = ["x"] })))
            .Cause.ShouldContain("no such executable");
    }

    [Fact]
    public async Task A_connection_that_ends_without_an_outcome_is_an_error()
    {
        await using var api = await StartAsync(CloseAsync);
        using var client = api.Client();
        (await Should.ThrowAsync<KubernetesException>(() => client.ExecAsync("shop", "db-0", new PodExecOptions { Command = ["x"] })))
            .Cause.ShouldContain("ended before the command's outcome came");
    }

    [Fact]
    public async Task A_pod_that_is_not_there_is_told_in_the_servers_words()
    {
        await using var api = await TestApi.StartAsync(context => context.StatusAsync(404, "NotFound", "pods db-0 not found"));
        using var client = api.Client();
        var refusal = await Should.ThrowAsync<KubernetesApiException>(() => client.ExecAsync("shop", "db-0", new PodExecOptions { Command = ["x"] }));
        refusal.IsNotFound.ShouldBeTrue();
        refusal.Cause.ShouldBe("EXEC /api/v1/namespaces/shop/pods/db-0/exec was answered with 404 NotFound: pods db-0 not found");
    }

    [Fact]
    public async Task A_command_that_does_not_end_is_given_up_on()
    {
        var time = new ManualTime();
        var begun = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        await using var api = await StartAsync(async socket =>
        {
            begun.SetResult();
            await end.Task;
        });
        using var client = api.Client(new KubernetesClientOptions { Time = time });
        var exec = client.ExecAsync("shop", "db-0", new PodExecOptions { Command = ["sleep"], Timeout = TimeSpan.FromSeconds(30) });
        await begun.Task;
        time.Advance(TimeSpan.FromSeconds(30));
        (await Should.ThrowAsync<KubernetesTimeoutException>(() => exec)).Cause.ShouldContain("did not end within 30 seconds");
        end.SetResult();
    }
}
