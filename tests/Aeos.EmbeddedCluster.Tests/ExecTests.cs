using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Aeos.Embedded.Tests;

public sealed class ExecTests : ClusterTest
{
    [Theory]
    [InlineData("v5.channel.k8s.io")]
    [InlineData("v4.channel.k8s.io")]
    public async Task A_command_writes_to_its_channels_and_ends_with_a_status(string protocol)
    {
        await Post("/api/v1/namespaces/default/pods", PodTests.Pod("p"));
        Cluster.Exec = async (call, token) =>
        {
            await call.Stdout.WriteAsync(Encoding.UTF8.GetBytes($"{call.Namespace}/{call.Pod}/{call.Container}: {string.Join(' ', call.Command)}"), token);
            await call.Stderr.WriteAsync("oh"u8.ToArray(), token);
            return 3;
        };
        using var socket = await Connect("p", "command=sh&command=-c&command=exit+3&container=d&stdout=true&stderr=true", protocol);
        socket.SubProtocol.ShouldBe(protocol);
        var channels = await ReadAll(socket);
        channels[1].ShouldBe("default/p/d: sh -c exit 3");
        channels[2].ShouldBe("oh");
        var status = JsonNode.Parse(channels[3])!;
        status["status"]!.ToString().ShouldBe("Failure");
        status["reason"]!.ToString().ShouldBe("NonZeroExitCode");
        status["details"]!["causes"]![0]!["message"]!.ToString().ShouldBe("3");
    }

    [Fact]
    public async Task Input_reaches_the_command_and_its_end_too()
    {
        await Post("/api/v1/namespaces/default/pods", PodTests.Pod("p"));
        Cluster.Exec = async (call, token) =>
        {
            using var reader = new StreamReader(call.Stdin);
            await call.Stdout.WriteAsync(Encoding.UTF8.GetBytes((await reader.ReadToEndAsync(token)).ToUpperInvariant()), token);
            return 0;
        };
        using var socket = await Connect("p", "command=cat&stdin=true&stdout=true", "v5.channel.k8s.io");
        await socket.SendAsync((byte[])[0, .. "hello"u8], WebSocketMessageType.Binary, true, Patience);
        await socket.SendAsync(new byte[] { 255, 0 }, WebSocketMessageType.Binary, true, Patience);
        var channels = await ReadAll(socket);
        channels[1].ShouldBe("HELLO");
        JsonNode.Parse(channels[3])!["status"]!.ToString().ShouldBe("Success");
    }

    [Theory]
    [InlineData("absent", "command=x", "404")]
    [InlineData("p", "command=x&container=absent", "400")]
    [InlineData("p", "stdout=true", "400")]
    public async Task What_cannot_be_run_is_refused_before_the_upgrade(string pod, string query, string code)
    {
        await Post("/api/v1/namespaces/default/pods", PodTests.Pod("p"));
        (await Should.ThrowAsync<WebSocketException>(() => Connect(pod, query, "v5.channel.k8s.io"))).Message.ShouldContain(code);
    }

    private async Task<ClientWebSocket> Connect(string pod, string query, string protocol)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(protocol);
        var address = new UriBuilder(Cluster.Address) { Scheme = "ws", Path = $"/api/v1/namespaces/default/pods/{pod}/exec", Query = query };
        await socket.ConnectAsync(address.Uri, Patience);
        return socket;
    }

    private async Task<Dictionary<int, string>> ReadAll(ClientWebSocket socket)
    {
        var channels = new Dictionary<int, string>();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), Patience);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Patience);
                return channels;
            }

            var text = Encoding.UTF8.GetString(buffer, 1, received.Count - 1);
            channels[buffer[0]] = channels.GetValueOrDefault(buffer[0]) + text;
        }
    }
}
