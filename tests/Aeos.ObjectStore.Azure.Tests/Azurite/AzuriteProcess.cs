using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Aeos.ObjectStore.Azure.Tests.Azurite;

/// <summary>Azurite, the storage emulator, as a process on a free port with a folder of its own.</summary>
internal sealed class AzuriteProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly ConcurrentQueue<string> _output = new();

    private AzuriteProcess(Process process, string folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
        process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Port { get; }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="account">The storage account that it has.</param>
    /// <param name="key">The account's key, in base64.</param>
    /// <param name="arguments">Further arguments: certificates, for example.</param>
    public static async Task<AzuriteProcess> StartAsync(string account, string key, params string[] arguments)
    {
        var package = await AzuritePackage.InstallAsync();
        var port = FreePort();
        var folder = Directory.CreateTempSubdirectory("aeos-azurite-").FullName;
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = package,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AZURITE_ACCOUNTS"] = $"{account}:{key}";
        foreach (var argument in (string[])
            [
                "start.cjs", "--blobHost", "127.0.0.1", "--blobPort", $"{port}", "--location", folder,
                "--silent", "--skipApiVersionCheck", "--disableTelemetry", .. arguments,
            ])
        {
            start.ArgumentList.Add(argument);
        }

        var azurite = new AzuriteProcess(Process.Start(start)!, folder, port);
        await azurite.AnswersAsync();
        return azurite;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task AnswersAsync()
    {
        for (var deadline = Stopwatch.StartNew(); deadline.Elapsed < TimeSpan.FromMinutes(1); await Task.Delay(50))
        {
            if (_process.HasExited)
            {
                break;
            }

            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException)
            {
                // Not yet.
            }
        }

        throw new InvalidOperationException($"Azurite did not start: {string.Join('\n', _output)}");
    }
}
