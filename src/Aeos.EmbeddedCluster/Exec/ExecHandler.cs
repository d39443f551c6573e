using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Aeos.Embedded.Errors;
using Aeos.Embedded.Http;
using Aeos.Embedded.Json;
using Aeos.Embedded.Storage;
using Microsoft.AspNetCore.Http;

namespace Aeos.Embedded.Exec;

/// <summary>
/// The exec subresource over WebSocket: <c>v5.channel.k8s.io</c>, in which the client can end its input, and <c>v4</c>. Channels: 0 in,
/// 1 out, 2 err, 3 the Status at the end, 4 sizes of the terminal, 255 (v5) a channel's end. SPDY, which old clients use, is not spoken.
/// </summary>
internal sealed class ExecHandler
{
    private static readonly string[] Protocols = ["v5.channel.k8s.io", "v4.channel.k8s.io"];

    public Func<ExecCall, CancellationToken, Task<int>>? Script { get; set; }

    public async Task HandleAsync(HttpContext context, StoredObject pod, RequestQuery query)
    {
        var container = Container(pod, query.Text("container"));
        var command = query.All("command");
        if (command.Count == 0)
        {
            throw ApiError.BadRequest("you must specify at least 1 command for the container");
        }

        if (!context.WebSockets.IsWebSocketRequest)
        {
            throw ApiError.BadRequest("Upgrade request required");
        }

        var protocol = Protocols.FirstOrDefault(context.WebSockets.WebSocketRequestedProtocols.Contains)
            ?? throw ApiError.BadRequest("unable to upgrade: none of the WebSocket protocols asked for is known");
        using var socket = await context.WebSockets.AcceptWebSocketAsync(protocol).ConfigureAwait(false);
        using var sending = new SemaphoreSlim(1);
        var input = new Pipe();
        Stream Output(string name, byte channel) => query.Flag(name) ? new ExecOutputStream(socket, channel, sending) : Stream.Null;
        var (stdout, stderr) = (Output("stdout", 1), Output("stderr", 2));
        var status = new ExecOutputStream(socket, 3, sending);
        if (!query.Flag("stdin"))
        {
            await input.Writer.CompleteAsync().ConfigureAwait(false);
        }

        // Real servers begin with an empty message, so that the client knows that it is connected.
        await (query.Flag("stdout") ? stdout : status).WriteAsync(Array.Empty<byte>(), context.RequestAborted).ConfigureAwait(false);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var receiving = ReceiveAsync(socket, input.Writer, over.Token);
        var call = new ExecCall(pod.Namespace!, pod.Name, container, command, query.Flag("tty"), input.Reader.AsStream(), stdout, stderr);
        var end = await RunAsync(call, over.Token).ConfigureAwait(false);
        await status.WriteAsync(JsonText.Write(end), context.RequestAborted).ConfigureAwait(false);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", context.RequestAborted).ConfigureAwait(false);
        await receiving.ConfigureAwait(false);
    }

    private static string Container(StoredObject pod, string? asked)
    {
        var node = pod.Read();
        var names = node.Child("spec").Objects("containers").Select(c => c.Text("name") ?? "").ToList();
        var container = asked ?? names.First();
        names.AddRange(node.Child("spec").Objects("initContainers").Select(c => c.Text("name") ?? ""));
        if (!names.Contains(container))
        {
            throw ApiError.BadRequest($"container {container} is not valid for pod {pod.Name}");
        }

        if (node.Child("status").Text("phase") is not "Running" and var phase)
        {
            throw ApiError.BadRequest($"cannot exec into a container in a pod that is not running; current phase is {phase}");
        }

        return container;
    }

    private async Task<JsonObject> RunAsync(ExecCall call, CancellationToken cancellationToken)
    {
        var metadata = new JsonObject();
        if (Script is null)
        {
            return new JsonObject
            {
                ["metadata"] = metadata,
                ["status"] = "Failure",
                ["message"] = $"exec: \"{call.Command[0]}\": executable file not found in $PATH: unknown",
                ["reason"] = "InternalError",
                ["code"] = 500,
            };
        }

        var code = await Script(call, cancellationToken).ConfigureAwait(false);
        return code == 0
            ? new JsonObject { ["metadata"] = metadata, ["status"] = "Success" }
            : new JsonObject
            {
                ["metadata"] = metadata,
                ["status"] = "Failure",
                ["message"] = $"command terminated with non-zero exit code: exit status {code}",
                ["reason"] = "NonZeroExitCode",
                ["details"] = new JsonObject
                {
                    ["causes"] = new JsonArray(new JsonObject { ["reason"] = "ExitCode", ["message"] = $"{code}" }),
                },
            };
    }

    private static async Task ReceiveAsync(WebSocket socket, PipeWriter input, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        var channel = -1;
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                var data = buffer.AsMemory(0, received.Count);
                if (channel < 0 && received.Count > 0)
                {
                    channel = data.Span[0];
                    data = data[1..];
                }

                if (channel == 0 && data.Length > 0)
                {
                    await input.WriteAsync(data, cancellationToken).ConfigureAwait(false);
                }
                else if (channel == 255 && data.Length > 0 && data.Span[0] == 0)
                {
                    await input.CompleteAsync().ConfigureAwait(false);
                }

                channel = received.EndOfMessage ? -1 : channel;
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The client has gone without a word; its input ends here.
        }

        await input.CompleteAsync().ConfigureAwait(false);
    }
}
