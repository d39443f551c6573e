using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Aeos.GoPlugin.Grpc;
using Aeos.GoPlugin.Handshake;
using Aeos.GoPlugin.Protos;
using Aeos.GoPlugin.Tls;

namespace Aeos.GoPlugin.Client;

/// <summary>A running plugin, from the host's side.</summary>
public sealed class PluginProcess : IAsyncDisposable
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly Task _output;
    private readonly X509Certificate2? _own;
    private readonly X509Certificate2? _server;
    private readonly TimeProvider _time;
    private int _disposed;

    private PluginProcess(
        Process process, Task output, HandshakeLine handshake, X509Certificate2? own, X509Certificate2? server, TimeProvider time)
    {
        _process = process;
        _output = output;
        _own = own;
        _server = server;
        _time = time;
        ProtocolVersion = handshake.ProtocolVersion;
        ProcessId = process.Id;
        Channel = GrpcChannel.Create(handshake.Address, own is null ? null : (own, server!), time);
    }

    /// <summary>The protocol version that was agreed on.</summary>
    public int ProtocolVersion { get; }

    /// <summary>The process's id.</summary>
    public int ProcessId { get; }

    /// <summary>The connection to it.</summary>
    public GrpcChannel Channel { get; }

    /// <summary>Starts the process and shakes hands.</summary>
    /// <exception cref="PluginStartException">It did not start, ended early, or did not shake hands in time.</exception>
    public static async Task<PluginProcess> StartAsync(PluginProcessOptions options, CancellationToken cancellationToken)
    {
        var own = options.AutoMtls ? OneTimeCertificate.Create(options.TimeProvider) : null;
        var log = new PluginLog(options.Logger);
        var process = Start(options, own);
        try
        {
            var lines = new BoundedLineReader(process.StandardOutput);
            var errors = PumpAsync(new BoundedLineReader(process.StandardError), log.Take);
            var (handshake, server) = await ShakeHandsAsync(process, lines, errors, options, log, cancellationToken);

            // Nothing more should come on stdout; what comes all the same must not fill the pipe.
            var output = Task.WhenAll(errors, PumpAsync(lines, log.Take));
            return new PluginProcess(process, output, handshake, own, server, options.TimeProvider);
        }
        catch
        {
            process.Kill();
            process.Dispose();
            own?.Dispose();
            throw;
        }
    }

    /// <summary>Asks the plugin to end, waits up to 2 s, and kills it then.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        using (var patience = new CancellationTokenSource(ShutdownTimeout, _time))
        {
            try
            {
                await Channel.UnaryAsync(GoPluginMethods.Shutdown, new Empty(), null, patience.Token);
            }
            catch (Exception e) when (e is RpcException or OperationCanceledException)
            {
                // It may have ended before it could answer, or be dead already.
            }

            // A plugin may wait for its host's connection to close before it ends.
            await Channel.DisposeAsync();
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        // A child that the plugin left behind may hold the pipes open.
        await _output.WaitAsync(ShutdownTimeout, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _process.Dispose();
        _own?.Dispose();
        _server?.Dispose();
    }

    private static Process Start(PluginProcessOptions options, X509Certificate2? own)
    {
        var start = new ProcessStartInfo(options.FileName, options.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var environment = start.Environment;

        // A host that is a plugin itself must not hand down what its own host told it.
        environment.Remove(PluginEnvironment.ClientCertificate);
        environment.Remove(PluginEnvironment.MultiplexGrpc);
        foreach (var (name, value) in options.Environment)
        {
            environment[name] = value;
        }

        environment[options.Handshake.MagicCookieKey] = options.Handshake.MagicCookieValue;
        environment[PluginEnvironment.ProtocolVersions] =
            string.Join(',', options.Handshake.ProtocolVersions.Select(version => version.ToString(CultureInfo.InvariantCulture)));
        environment[PluginEnvironment.MinPort] = "10000";
        environment[PluginEnvironment.MaxPort] = "25000";
        if (own is not null)
        {
            environment[PluginEnvironment.ClientCertificate] = own.ExportCertificatePem() + "\n";
        }

        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException)
        {
            throw new PluginStartException($"The plugin {options.FileName} cannot be started: {e.Message}", e);
        }
    }

    private static async Task<(HandshakeLine Handshake, X509Certificate2? Server)> ShakeHandsAsync(
        Process process, BoundedLineReader lines, Task errors, PluginProcessOptions options, PluginLog log, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.StartTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        string? line;
        try
        {
            line = await lines.ReadAsync(either.Token);
            if (line is null)
            {
                await process.WaitForExitAsync(either.Token);
                await errors.WaitAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failure(options, log, $"did not shake hands within {options.StartTimeout.TotalSeconds:0.#} s");
        }

        if (line is null)
        {
            throw Failure(options, log, $"ended with exit code {process.ExitCode} before it shook hands");
        }

        try
        {
            return Check(HandshakeLine.Parse(line), options);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            throw Failure(options, log, $"printed \"{Shorten(line)}\": {e.Message}", e);
        }
    }

    private static (HandshakeLine Handshake, X509Certificate2? Server) Check(HandshakeLine handshake, PluginProcessOptions options)
    {
        if (!options.Handshake.ProtocolVersions.Contains(handshake.ProtocolVersion))
        {
            throw new FormatException(
                $"it speaks protocol version {handshake.ProtocolVersion}, this host {string.Join(", ", options.Handshake.ProtocolVersions)}");
        }

        if (handshake.Protocol != "grpc")
        {
            throw new FormatException($"its protocol is {handshake.Protocol}, and only grpc is spoken here");
        }

        if (handshake.Network != "unix")
        {
            throw new FormatException($"it listens on {handshake.Network}, and only Unix sockets are used here");
        }

        if (!options.AutoMtls)
        {
            return (handshake, null);
        }

        return handshake.Certificate is { } certificate
            ? (handshake, X509CertificateLoader.LoadCertificate(certificate))
            : throw new FormatException("it has no certificate, although AutoMTLS was asked for");
    }

    private static PluginStartException Failure(PluginProcessOptions options, PluginLog log, string what, Exception? inner = null)
    {
        var lastLines = log.LastLines;
        return new PluginStartException(
            $"The plugin {options.FileName} {what}." + (lastLines.Length == 0 ? "" : $" The end of its stderr:\n{lastLines}"), inner);
    }

    private static string Shorten(string line) => line.Length <= 200 ? line : line[..200] + "…";

    private static async Task PumpAsync(BoundedLineReader lines, Action<string> take)
    {
        while (await lines.ReadAsync(CancellationToken.None) is { } line)
        {
            take(line);
        }
    }
}
