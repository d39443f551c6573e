using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Aeos.GoPlugin.Handshake;
using Aeos.GoPlugin.Tls;

namespace Aeos.GoPlugin.Server;

/// <summary>The plugin's side of go-plugin: checks the cookie, listens on a Unix socket, prints the handshake line, serves until told to end.</summary>
public static class PluginServer
{
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ShortestFarewell = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Serves until the host asks for the end, SIGTERM or the token. SIGINT is swallowed, as in Go plugins: a terminal sends it to host and plugin
    /// alike, and the host decides.
    /// </summary>
    /// <returns>
    /// The process's exit code: 0; 1 when no host started the process, no protocol version is common to both, or the socket cannot be had.
    /// What went wrong is on stderr then.
    /// </returns>
    public static async Task<int> RunAsync(PluginServerOptions options, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(options.Handshake.MagicCookieKey) != options.Handshake.MagicCookieValue)
        {
            await Console.Error.WriteLineAsync(options.Usage.AsMemory(), cancellationToken);
            return 1;
        }

        KeepStdoutClean();
        var offered = Environment.GetEnvironmentVariable(PluginEnvironment.ProtocolVersions);
        var version = VersionNegotiation.Choose(options.Handshake.ProtocolVersions, offered, out var common);
        if (!common)
        {
            // Hosts check the version before the address, and name both sides' versions in their error.
            Print(new HandshakeLine(version, "unix", "/", "grpc", null));
            ServerLog.NoCommonVersion(options.Logger, offered, string.Join(',', options.Handshake.ProtocolVersions));
            return 1;
        }

        try
        {
            using var folder = SocketFolder.Create(
                Environment.GetEnvironmentVariable(PluginEnvironment.UnixSocketFolder), Environment.GetEnvironmentVariable(PluginEnvironment.UnixSocketGroup));
            await ServeAsync(options, version, folder, cancellationToken);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException or CryptographicException)
        {
            ServerLog.CannotStart(options.Logger, e.Message);
            return 1;
        }
    }

    private static async Task ServeAsync(PluginServerOptions options, int version, SocketFolder folder, CancellationToken cancellationToken)
    {
        var clientPem = Environment.GetEnvironmentVariable(PluginEnvironment.ClientCertificate);
        using var client = string.IsNullOrEmpty(clientPem) ? null : X509Certificate2.CreateFromPem(clientPem);
        using var own = client is null ? null : OneTimeCertificate.Create(options.TimeProvider);

        using var lifetime = new ServerLifetime();
        var application = new GrpcApplication(
            [.. options.Services, GoPluginServices.Create(lifetime)], options.MapException, lifetime, options.TimeProvider);
        using var server = PluginListener.Create(
            folder.SocketPath, own is null ? null : (own, client!), options.Logger, options.TimeProvider);
        await server.StartAsync(application, cancellationToken);
        folder.RestrictSocket();

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
        await using var token = cancellationToken.Register(lifetime.RequestEnd);

        Print(new HandshakeLine(version, "unix", folder.SocketPath, "grpc", own?.RawData));
        SocketFolder.SweepAbandoned(options.TimeProvider.GetUtcNow(), AbandonedAfter);

        await lifetime.EndRequested;
        var ending = options.TimeProvider.GetTimestamp();
        if (!await lifetime.EndAsync(options.ShutdownGrace, options.TimeProvider))
        {
            ServerLog.EndsDuringCalls(options.Logger);
        }

        // The last statuses are still on their way: they get what the calls left of the grace.
        var left = options.ShutdownGrace - options.TimeProvider.GetElapsedTime(ending);
        using var farewell = new CancellationTokenSource(left > ShortestFarewell ? left : ShortestFarewell, options.TimeProvider);
        await server.StopAsync(farewell.Token);

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            lifetime.RequestEnd();
        }
    }

    private static void Print(HandshakeLine line)
    {
        using var stdout = Console.OpenStandardOutput();
        stdout.Write(Encoding.UTF8.GetBytes(line + "\n"));
        stdout.Flush();
    }

    // A stray Console.WriteLine in the plugin's code must not be taken for a handshake; hosts log what comes on stderr.
    private static void KeepStdoutClean() =>
        Console.SetOut(new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true });
}
