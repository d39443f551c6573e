using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Aeos.Kubernetes.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Aeos.Cluster.Tests.Running;

/// <summary>
/// A node whose pods do what the test says. For a real API server it is a kubelet that serves <c>exec</c> alone, on a Node of its own;
/// the embedded cluster runs commands without one.
/// </summary>
internal sealed class PlayedNode : IAsyncDisposable
{
    private readonly ClusterRoom _room;
    private readonly Func<NodeCall, CancellationToken, Task<int>> _script;
    private WebApplication? _kubelet;

    private PlayedNode(ClusterRoom room, Func<NodeCall, CancellationToken, Task<int>> script)
    {
        _room = room;
        _script = script;
    }

    /// <summary>Under which a real API server reaches this process; null: that is not known.</summary>
    public static string? Address { get; } = Environment.GetEnvironmentVariable("AEOS_TEST_NODE_ADDRESS") is { Length: > 0 } address ? address : null;

    /// <summary>The commands that were run, as <c>pod/container: command</c>.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>The node's name, for pods that are made on it.</summary>
    public string Name => _room.Name("node");

    /// <param name="room">Where the node is.</param>
    /// <param name="script">Plays each command and returns its exit code; null: they all end well.</param>
    public static async Task<PlayedNode> StartAsync(ClusterRoom room, Func<NodeCall, CancellationToken, Task<int>>? script = null)
    {
        var node = new PlayedNode(room, script ?? (static (_, _) => Task.FromResult(0)));
        if (ClusterRoom.IsReal)
        {
            await node.ListenAsync();
        }
        else
        {
            room.Embedded.Exec = (call, token) => node.RunAsync(new NodeCall(call.Namespace, call.Pod, call.Container, call.Command, call.Stdout), token);
        }

        return node;
    }

    /// <summary>Brings a pod onto the node, and has containers of it run.</summary>
    /// <param name="place">Its namespace.</param>
    /// <param name="pod">Its name.</param>
    /// <param name="containers">Those that run.</param>
    /// <param name="ready">Those of them that are ready; null: all.</param>
    public async Task RunPodAsync(string place, string pod, string[] containers, string[]? ready = null)
    {
        await _room.UntilAsync(WellKnownResources.Pods, place, pod, static now => now is not null);
        if (ClusterRoom.IsReal && (await _room.GetAsync("v1", "Pod", place, pod)).At("spec", "nodeName") is null)
        {
            await BindAsync(place, pod);
        }

        var states = string.Join(',', containers.Select(name => $$$$"""
            {"name":"{{{{name}}}}","ready":{{{{((ready ?? containers).Contains(name) ? "true" : "false")}}}},"image":"i","imageID":"i","restartCount":0,"started":true,"state":{"running":{"startedAt":"2026-01-01T00:00:00Z"}}}
            """));
        await SayAsync(place, pod, $$$"""{"status":{"phase":"Running","containerStatuses":[{{{states}}}]}}""");
    }

    /// <summary>Says what became of a pod, as its kubelet would.</summary>
    public Task SayAsync(string place, string pod, string status) => _room.Client.PatchAsync(
        WellKnownResources.Pods, place, pod, PatchType.Merge, Encoding.UTF8.GetBytes(status), new WriteOptions { Subresource = "status" });

    public async ValueTask DisposeAsync()
    {
        if (_kubelet is not null)
        {
            await _kubelet.DisposeAsync();
        }
    }

    private async Task<int> RunAsync(NodeCall call, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"{call}");
        return await _script(call, cancellationToken);
    }

    private async Task BindAsync(string place, string pod)
    {
        var binding = new Kubernetes.Objects.KubernetesObject(Encoding.UTF8.GetBytes($$$$"""
            {"apiVersion":"v1","kind":"Binding","metadata":{"name":"{{{{pod}}}}","namespace":"{{{{place}}}}"},"target":{"apiVersion":"v1","kind":"Node","name":"{{{{Name}}}}"}}
            """));
        await _room.Client.CreateAsync(await _room.TypeAsync("v1", "Binding"), place, binding);
    }

    private async Task ListenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(static server => server.Listen(IPAddress.Any, 0, static listener => listener.UseHttps(Certificate())));
        _kubelet = builder.Build();
        _kubelet.UseWebSockets();
        _kubelet.Run(ServeAsync);
        await _kubelet.StartAsync();
        var port = new Uri(_kubelet.Urls.Single().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)).Port;
        await _room.CreateAsync($$$$"""
            {"apiVersion":"v1","kind":"Node","metadata":{"name":"{{{{Name}}}}"},
             "status":{"addresses":[{"type":"InternalIP","address":"{{{{Address}}}}"}],"daemonEndpoints":{"kubeletEndpoint":{"Port":{{{{port}}}}}},"conditions":[{"type":"Ready","status":"True"}]}}
            """);
    }

    // /exec/NAMESPACE/POD/CONTAINER, of the kubelet's API.
    private async Task ServeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest || $"{context.Request.Path}".Split('/') is not ["", "exec", var place, var pod, var container])
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(context.WebSockets.WebSocketRequestedProtocols[0]);
        await using var output = new ChannelStream(socket, 1);
        await using var status = new ChannelStream(socket, 3);
        await output.WriteAsync(Array.Empty<byte>());
        var code = await RunAsync(new NodeCall(place, pod, container, [.. context.Request.Query["command"].OfType<string>()], output), context.RequestAborted);
        await status.WriteAsync(Encoding.UTF8.GetBytes(code == 0
            ? """{"metadata":{},"status":"Success"}"""
            : $$$$"""{"metadata":{},"status":"Failure","reason":"NonZeroExitCode","message":"exit status {{{{code}}}}","details":{"causes":[{"reason":"ExitCode","message":"{{{{code}}}}"}]}}"""));
        await socket.CloseOutputAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, "", context.RequestAborted);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
