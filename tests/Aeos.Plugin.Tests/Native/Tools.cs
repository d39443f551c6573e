using System.Diagnostics;

namespace Aeos.Plugin.Tests.Native;

/// <summary>Programs of the machine that native tests are run with.</summary>
internal static class Tools
{
    /// <summary>Which of the programs, or files given by their whole path, is missing, as a reason to skip a test, or null.</summary>
    public static string? Missing(params ReadOnlySpan<string> programs)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        foreach (var program in programs)
        {
            if (!folders.Any(folder => File.Exists(Path.Combine(folder, program))))
            {
                return $"{program} is missing on this machine";
            }
        }

        return null;
    }

    /// <summary>Runs a program, or a script by its path in the repository, with both its outputs in one text.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments) =>
        RunAsync(program, new Dictionary<string, string>(), arguments);

    /// <summary>The same with variables set on top of the tests' own.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(NativeBinary.Repository, program), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = NativeBinary.Repository,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
