using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Aeos.Cluster.Tests.Killed;
using Aeos.Server.Tests;

namespace Aeos.Cluster.Tests.Server.Faults;

/// <summary>The built <c>aeos server</c>, as the container of a pod.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];

    private ServerProcess(Process process)
    {
        _process = process;
        foreach (var output in (StreamReader[])[process.StandardOutput, process.StandardError])
        {
            _ = Task.Run(async () =>
            {
                while (await output.ReadLineAsync() is { } line)
                {
                    _lines.Enqueue(line);
                }
            });
        }
    }

    public string Log => string.Join('\n', _lines);

    /// <param name="room">The room.</param>
    /// <param name="pod">Its pod's name; the same one again: the pod's container is started again.</param>
    public static ServerProcess Start(FaultRoom room, string pod)
    {
        var start = new ProcessStartInfo(
            KilledProcess.Built,
            [
                "server", "--kubeconfig", room.Kubeconfig, "--namespace", room.Namespace, "--metrics-address", "", "--download-address", "", "--log-level", "debug",
                "--features", "EnableEncryption", "--encryption-secret", FaultRoom.KeySecret, "--require-encryption",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["POD_NAME"] = pod;
        start.Environment["TMPDIR"] = room.Temporary;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return new ServerProcess(Process.Start(start)!);
    }

    /// <summary>Waits until it has said so.</summary>
    public async Task SaysAsync(string text)
    {
        var log = await Eventually.BecomesAsync(
            () => Log, log => log.Contains(text, StringComparison.Ordinal) || _process.HasExited, $"a server that says \"{text}\"");
        log.ShouldContain(text);
    }

    /// <summary>Waits until it works.</summary>
    public Task WorksAsync() => SaysAsync("Working in the namespace");

    /// <summary>SIGKILL; whether it is dead is not waited for.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGTERM.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-s", "TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
