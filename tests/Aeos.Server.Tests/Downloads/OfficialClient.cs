using System.Diagnostics;

namespace Aeos.Server.Tests.Downloads;

/// <summary>Runs <c>velero</c>: the official client, which <c>AEOS_TEST_VELERO</c> names, or what is played here of it.</summary>
internal abstract class OfficialClient
{
    private static readonly string? Program = Environment.GetEnvironmentVariable("AEOS_TEST_VELERO") is { Length: > 0 } path ? path : null;

    public static OfficialClient For(DownloadBench bench) => Program is null ? new PlayedClient(bench) : new RealClient(bench, Program);

    /// <summary>Runs a command.</summary>
    /// <returns>The exit code, and all that it printed.</returns>
    public abstract Task<(int Code, string Text)> RunAsync(params string[] arguments);

    private sealed class RealClient : OfficialClient
    {
        private readonly DownloadBench _bench;
        private readonly string _program;
        private readonly string _kubeconfig;

        public RealClient(DownloadBench bench, string program)
        {
            (_bench, _program, _kubeconfig) = (bench, program, Path.Combine(bench.Folder, "kubeconfig"));
            File.WriteAllText(_kubeconfig, bench.Cluster.Kubeconfig);
        }

        public override async Task<(int Code, string Text)> RunAsync(params string[] arguments)
        {
            var start = new ProcessStartInfo(_program, [.. arguments, "--kubeconfig", _kubeconfig, "-n", DownloadBench.Namespace])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["HOME"] = _bench.Folder;
            using var client = Process.Start(start)!;
            var (output, errors) = (client.StandardOutput.ReadToEndAsync(), client.StandardError.ReadToEndAsync());
            await client.WaitForExitAsync();
            return (client.ExitCode, await output + await errors);
        }
    }
}
