using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace Aeos.Cli.Tests.Running;

/// <summary>Runs the built <c>aeos</c> as a process of its own, as a user does.</summary>
internal static class AeosProcess
{
    /// <summary>The program that the build made.</summary>
    public static string Built { get; } = typeof(AeosProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "AeosExecutable").Value!;

    /// <summary>The repository's folder.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Runs it with the arguments and an empty standard input.</summary>
    public static Task<Outcome> RunAsync(params string[] arguments) => RunAsync([], arguments);

    /// <summary>Runs it with bytes on its standard input.</summary>
    public static Task<Outcome> RunAsync(byte[] input, string[] arguments) => RunAsync(Built, input, arguments);

    /// <summary>Runs a program with bytes on its standard input; it may end before it took them all.</summary>
    public static async Task<Outcome> RunAsync(string program, byte[] input, string[] arguments)
    {
        using var process = Start(program, arguments);
        var output = ReadAsync(process.StandardOutput.BaseStream);
        var error = ReadAsync(process.StandardError.BaseStream);
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading on: the exit code says why.
        }

        await process.WaitForExitAsync();
        return new Outcome(process.ExitCode, await output, Encoding.UTF8.GetString(await error));
    }

    /// <summary>Starts it with all three streams in the test's hands.</summary>
    public static Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var content = new MemoryStream();
        await stream.CopyToAsync(content);
        return content.ToArray();
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Aeos.slnx")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
