using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Requests;
using Aeos.Kubernetes.Transport;

namespace Aeos.Kubernetes.Exec;

/// <summary>
/// Runs a command in a pod over a WebSocket (subprotocols v5.channel.k8s.io and v4.channel.k8s.io: a message's first byte says which stream it
/// belongs to). The exit status comes as a Status on a stream of its own.
/// </summary>
internal sealed class PodExec(ApiTransport transport, KubernetesClientOptions options)
{
    private const byte Output = 1;
    private const byte Error = 2;
    private const byte Outcome = 3;
    private const int LongestOutcome = 64 * 1024;

    /// <summary>Runs it to its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string @namespace, string pod, PodExecOptions exec, CancellationToken cancellationToken)
    {
        var target = Target(@namespace, pod, exec);
        var title = $"EXEC {target.Split('?')[0]}";
        using var timer = new CancellationTokenSource(exec.Timeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            using var socket = await ConnectAsync(target, title, either.Token);
            return ExitCode(await PumpAsync(socket, exec, title, either.Token), title);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new KubernetesTimeoutException(
                $"{title}: the command did not end within {exec.Timeout.TotalSeconds:0.###} seconds",
                "Give it a longer time-out, or a command that ends; it may still be running in the container.");
        }
        catch (WebSocketException failure)
        {
            throw Broken(title, failure);
        }
    }

    private async Task<ClientWebSocket> ConnectAsync(string target, string title, CancellationToken cancellationToken)
    {
        var address = new UriBuilder(transport.AddressOf(target));
        address.Scheme = address.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs;
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.AddSubProtocol("v5.channel.k8s.io");
            socket.Options.AddSubProtocol("v4.channel.k8s.io");
            using var invoker = new HttpMessageInvoker(new HandshakeHandler(transport, title));
            await socket.ConnectAsync(address.Uri, invoker, cancellationToken);
            return socket;
        }
        catch (Exception failure)
        {
            socket.Dispose();
            for (var cause = failure; cause is not null; cause = cause.InnerException)
            {
                switch (cause)
                {
                    case OperationCanceledException:
                    case KubernetesException:
                        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(cause);
                        break;
                    case HttpRequestException unreachable:
                        throw transport.Explain(new ApiRequest(HttpMethod.Get, target), unreachable);
                }
            }

            throw;
        }
    }

    // The Status on the stream of outcomes, when the server has closed the others.
    private static async Task<byte[]> PumpAsync(ClientWebSocket socket, PodExecOptions exec, string title, CancellationToken cancellationToken)
    {
        using var outcome = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
        try
        {
            byte? channel = null;
            while (true)
            {
                var message = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
                if (message.MessageType == WebSocketMessageType.Close)
                {
                    return outcome.ToArray();
                }

                var piece = buffer.AsMemory(0, message.Count);
                if (channel is null && piece.Length > 0)
                {
                    channel = piece.Span[0];
                    piece = piece[1..];
                }

                await RouteAsync(channel, piece, exec, outcome, cancellationToken);
                if (outcome.Length > LongestOutcome)
                {
                    throw Broken(title, null);
                }

                channel = message.EndOfMessage ? null : channel;
            }
        }
        catch (WebSocketException) when (outcome.Length > 0)
        {
            // The connection fell without a farewell, as kubelets do, but the outcome is known.
            return outcome.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static async ValueTask RouteAsync(
        byte? channel, ReadOnlyMemory<byte> piece, PodExecOptions exec, MemoryStream outcome, CancellationToken cancellationToken)
    {
        var target = channel switch
        {
            Output => exec.StandardOutput,
            Error => exec.StandardError,
            Outcome => outcome,
            _ => null,
        };
        if (target is not null && piece.Length > 0)
        {
            await target.WriteAsync(piece, cancellationToken);
        }
    }

    private static int ExitCode(byte[] outcome, string title)
    {
        KubernetesStatus status;
        try
        {
            using var document = JsonDocument.Parse(outcome);
            status = KubernetesStatus.Read(document.RootElement, 0);
        }
        catch (JsonException)
        {
            throw Broken(title, null);
        }

        if (status.Outcome == "Success")
        {
            return 0;
        }

        var exitCode = status.Causes.FirstOrDefault(cause => cause.Reason == "ExitCode")?.Message;
        return status.Reason == "NonZeroExitCode" && byte.TryParse(exitCode, out var code) ? code
            : throw new KubernetesApiException(title, status);
    }

    // The server wants at least one stream asked for; what nobody wants is dropped here.
    private static string Target(string @namespace, string pod, PodExecOptions exec)
    {
        var target = new StringBuilder(ResourcePath.WithQuery(
            ResourcePath.Item(WellKnownResources.Pods, @namespace, pod, "exec"),
            ("container", exec.Container),
            ("stdout", "true"),
            ("stderr", "true")));
        foreach (var argument in exec.Command)
        {
            target.Append("&command=").Append(Uri.EscapeDataString(argument));
        }

        return target.ToString();
    }

    private static KubernetesException Broken(string title, Exception? failure)
        => new(
            $"{title}: the connection ended before the command's outcome came",
            "Look at the pod and its node; the command may have run.", failure);
}
