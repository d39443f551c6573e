using System.Diagnostics;

namespace Aeos.GoPlugin.Tests.Interop;

/// <summary>
/// tests/interop/go-plugin, built once for all tests: HashiCorp's own go-plugin as host and as plugin. AEOS_GO_PEER names a program that was built
/// elsewhere, against another version of go-plugin.
/// </summary>
public sealed class GoPeer : IAsyncLifetime
{
    private const string GoPath = "/usr/share/gocode";

    private static readonly string? Prebuilt = Environment.GetEnvironmentVariable("AEOS_GO_PEER");

    private readonly string _folder = Directory.CreateTempSubdirectory("aeos-go-peer").FullName;

    /// <summary>Why the peer cannot be built on this machine, or null.</summary>
    public static string? Missing { get; } = FindMissing();

    /// <summary>The program.</summary>
    public string FileName => Prebuilt ?? Path.Combine(_folder, "wire");

    public async Task InitializeAsync()
    {
        if (Missing is not null || Prebuilt is not null)
        {
            return;
        }

        var source = Path.Combine(FindRepository(), "tests/interop/go-plugin");
        var (exitCode, output) = await RunAsync("go", ["build", "-o", FileName, "."], source);
        exitCode.ShouldBe(0, output);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code and all that it printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string fileName, string[] arguments, string folder)
    {
        var start = new ProcessStartInfo(fileName, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GO111MODULE"] = "off";
        start.Environment["GOFLAGS"] = "";
        start.Environment["GOPATH"] = Path.Combine(Path.GetTempPath(), "gopath") + ":" + GoPath;
        using var process = Process.Start(start)!;
        var stderr = process.StandardError.ReadToEndAsync();
        var stdout = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, stdout + await stderr);
    }

    private static string? FindMissing()
    {
        if (Prebuilt is not null)
        {
            return null;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "go"))))
        {
            return "needs Go (Debian: golang-go golang-github-hashicorp-go-plugin-dev)";
        }

        return Directory.Exists(GoPath + "/src/github.com/hashicorp/go-plugin")
            ? null
            : "needs Debian's golang-github-hashicorp-go-plugin-dev";
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Aeos.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests must run inside the repository.");
        }

        return folder.FullName;
    }
}
