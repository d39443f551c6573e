using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Encryption.Tests.Interop;

/// <summary>
/// The AWS Encryption SDK for JavaScript in tests/interop/javascript: installs it once (under a lock, since other test projects may run
/// beside this one) and runs batches of cases in one process each.
/// </summary>
public sealed class JavaScriptSdk : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly string _folder = RepositoryRoot.PathTo("tests", "interop", "javascript");

    public string Workspace { get; } = Directory.CreateTempSubdirectory("aeos-javascript-").FullName;

    public void Dispose() => Directory.Delete(Workspace, recursive: true);

    /// <summary>Runs the cases; each gets its input and gives its output or its error.</summary>
    internal async Task<IReadOnlyList<SdkOutcome>> RunAsync(IReadOnlyList<SdkCase> cases)
    {
        var items = new List<object>();
        for (var i = 0; i < cases.Count; i++)
        {
            await File.WriteAllBytesAsync(InputOf(i), cases[i].Input);
            File.Delete(OutputOf(i));
            items.Add(new
            {
                cases[i].Verb,
                cases[i].Keys,
                cases[i].Context,
                cases[i].FrameLength,
                cases[i].Suite,
                cases[i].Utf8Sorting,
                cases[i].Nonce,
                Input = InputOf(i),
                Output = OutputOf(i),
            });
        }

        var request = Path.Combine(Workspace, "cases.json");
        await File.WriteAllTextAsync(request, JsonSerializer.Serialize(items, Json));
        var (exitCode, output, errors) = await RunScriptAsync("batch.mjs", request);
        exitCode.ShouldBe(0, errors);

        var results = JsonSerializer.Deserialize<SdkResult[]>(output, Json)!;
        var outcomes = new List<SdkOutcome>();
        for (var i = 0; i < cases.Count; i++)
        {
            var content = results[i].Error is null ? await File.ReadAllBytesAsync(OutputOf(i)) : [];
            outcomes.Add(new SdkOutcome(results[i].Error, content, results[i].Context));
        }

        return outcomes;
    }

    /// <summary>Runs a script of the folder.</summary>
    internal async Task<(int ExitCode, string Output, string Errors)> RunScriptAsync(string script, params string[] arguments)
    {
        await InstallAsync();
        return await RunProcessAsync("node", [Path.Combine(_folder, script), .. arguments]);
    }

    private async Task InstallAsync()
    {
        var state = Directory.CreateDirectory(Path.Combine(_folder, "obj")).FullName;
        await using var locked = await LockAsync(Path.Combine(state, "npm-ci.lock"));
        var wanted = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(_folder, "package-lock.json"))));
        var installed = Path.Combine(state, "npm-ci.installed");
        if (File.Exists(installed) && Directory.Exists(Path.Combine(_folder, "node_modules")) && await File.ReadAllTextAsync(installed) == wanted)
        {
            return;
        }

        var (exitCode, _, errors) = await RunProcessAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund"]);
        exitCode.ShouldBe(0, errors);
        await File.WriteAllTextAsync(installed, wanted);
    }

    private static async Task<FileStream> LockAsync(string path)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another test project installs: nothing tells when it is done but the lock itself.
                await Task.Delay(TimeSpan.FromMilliseconds(200));
            }
        }
    }

    private async Task<(int ExitCode, string Output, string Errors)> RunProcessAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }

    private string InputOf(int i) => Path.Combine(Workspace, $"{i}.in");

    private string OutputOf(int i) => Path.Combine(Workspace, $"{i}.out");

    private sealed record SdkResult(string? Error, Dictionary<string, string>? Context);
}
