using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Aeos.GoPlugin.Handshake;

namespace Aeos.GoPlugin.Tests.Fixtures;

/// <summary>The test plugin, started by hand: to look at what it prints, and to talk to it below gRPC.</summary>
internal sealed class PluginRun : IAsyncDisposable
{
    private PluginRun(Process process, string? line)
    {
        Process = process;
        Line = line;
    }

    public Process Process { get; }

    /// <summary>The first line of stdout, or null when there is none.</summary>
    public string? Line { get; }

    public HandshakeLine Handshake => HandshakeLine.Parse(Line!);

    /// <summary>Starts the plugin and waits for its first line, or its end.</summary>
    /// <param name="environment">Variables; a null value takes one away.</param>
    public static async Task<PluginRun> StartAsync(params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo(WirePlugin.FileName) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[WirePlugin.Handshake.MagicCookieKey] = WirePlugin.Handshake.MagicCookieValue;
        start.Environment[PluginEnvironment.ProtocolVersions] = "2";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        return new PluginRun(process, await process.StandardOutput.ReadLineAsync());
    }

    /// <summary>An HTTP/2 client on the plugin's socket.</summary>
    public HttpMessageInvoker Connect() => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) => new NetworkStream(await ConnectSocketAsync(cancellationToken), ownsSocket: true),
    });

    /// <summary>A bare connection.</summary>
    public async Task<Socket> ConnectSocketAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Handshake.Address), cancellationToken);
        return socket;
    }

    /// <summary>A request as gRPC wants it, unless the content says otherwise.</summary>
    public static HttpRequestMessage Request(string path, HttpContent content)
    {
        if (!content.Headers.Contains("content-type"))
        {
            content.Headers.TryAddWithoutValidation("content-type", "application/grpc");
        }

        return new HttpRequestMessage(HttpMethod.Post, new Uri("http://localhost" + path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
    }

    /// <summary>Sends a signal.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, Process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for the end by itself.</summary>
    /// <returns>Exit code and the rest of what it printed.</returns>
    public async Task<(int ExitCode, string Stdout, string Stderr)> WaitForExitAsync()
    {
        var stderr = Process.StandardError.ReadToEndAsync();
        var stdout = await Process.StandardOutput.ReadToEndAsync();
        await Process.WaitForExitAsync();
        return (Process.ExitCode, stdout, await stderr);
    }

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
        {
            await SignalAsync("TERM");
            await Process.WaitForExitAsync();
        }

        Process.Dispose();
    }
}
