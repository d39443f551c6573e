using System.Diagnostics;

namespace Aeos.ObjectStore.Tests.Filesystem;

/// <summary>Another process in mid-put (Program.cs): it has written half an object and waits.</summary>
internal sealed class WriterProcess : IDisposable
{
    private readonly Process _process;

    private WriterProcess(Process process) => _process = process;

    public static async Task<WriterProcess> StartAsync(string root, string bucket, string key, bool withDotnetLocks = true)
    {
        var host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        var start = new ProcessStartInfo(host, ["exec", typeof(WriterProcess).Assembly.Location, root, bucket, key])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = withDotnetLocks ? "0" : "1";
        var writer = new WriterProcess(Process.Start(start)!);
        (await writer._process.StandardOutput.ReadLineAsync()).ShouldBe("written");
        return writer;
    }

    /// <summary>SIGKILL: it has no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
