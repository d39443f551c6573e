using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Aeos.Cli.Tests.Running;

namespace Aeos.Cli.Tests.Files;

public sealed class OutputTests : TemporaryFolder
{
    [Theory]
    [InlineData("-")]
    [InlineData("/dev/stdout")]
    [InlineData("/dev/fd/1")]
    public async Task Standard_output_has_several_names(string name)
    {
        var key = await KeyAsync();
        var message = (await AeosProcess.RunAsync([1, 2], ["encrypt", "-k", key, "-o", name])).ShouldBeDone().Output;
        (await AeosProcess.RunAsync(message, ["decrypt", "-k", key, "-o", name])).ShouldBeDone().Output.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_device_is_written_and_stays_a_device()
    {
        (await AeosProcess.RunAsync([1, 2], ["encrypt", "-k", await KeyAsync(), "-o", "/dev/null"])).ShouldBeDone().Output.ShouldBeEmpty();
        File.Exists("/dev/null").ShouldBeTrue();
        (await File.ReadAllBytesAsync("/dev/null")).ShouldBeEmpty();
    }

    [UnixFact]
    public async Task A_named_pipe_is_written_directly_and_stays_a_pipe()
    {
        var key = await KeyAsync();
        var plaintext = RandomNumberGenerator.GetBytes(300_000);
        MakeNamedPipe(At("pipe"));
        var encrypting = AeosProcess.RunAsync(plaintext, ["encrypt", "-k", key, "-o", At("pipe")]);
        (await AeosProcess.RunAsync("decrypt", "-k", key, "-o", At("plain"), At("pipe"))).ShouldBeDone();
        (await encrypting).ShouldBeDone().Output.ShouldBeEmpty();
        (await File.ReadAllBytesAsync(At("plain"))).ShouldBe(plaintext);
        Names().ShouldBe(["pipe", "plain", "test.key"]);
    }

    [UnixFact]
    public async Task Two_commands_that_share_a_file_as_output_follow_each_other()
    {
        var key = await KeyAsync();
        Write("a", [1, 2, 3]);
        Write("b", [4]);
        var script = $"(\"$0\" encrypt -k '{key}' '{At("a")}'; \"$0\" encrypt -k '{key}' '{At("b")}') > '{At("both")}'";
        (await AeosProcess.RunAsync("/bin/sh", [], ["-c", script, AeosProcess.Built])).ShouldBeDone();
        var both = await File.ReadAllBytesAsync(At("both"));
        var first = (await AeosProcess.RunAsync("encrypt", "-k", key, At("a"))).Output.Length;
        (await AeosProcess.RunAsync(both[..first], ["decrypt", "-k", key])).ShouldBeDone().Output.ShouldBe([1, 2, 3]);
        (await AeosProcess.RunAsync(both[first..], ["decrypt", "-k", key])).ShouldBeDone().Output.ShouldBe([4]);
    }

    [UnixFact]
    public async Task A_reader_that_goes_away_ends_the_work_with_an_error()
    {
        var key = await KeyAsync();
        Write("plain", new byte[4_000_000]);
        var script = $"{{ \"$0\" encrypt -k '{key}' '{At("plain")}'; echo $? > '{At("code")}'; }} | head -c 10 > /dev/null";
        var outcome = await AeosProcess.RunAsync("/bin/sh", [], ["-c", script, AeosProcess.Built]);
        outcome.Error.ShouldContain("closed by its reader");
        (await File.ReadAllTextAsync(At("code"))).ShouldBe("1\n");
    }

    [UnixFact]
    public async Task A_signal_ends_the_work_and_leaves_nothing()
    {
        var key = await KeyAsync();
        using var process = AeosProcess.Start(AeosProcess.Built, ["encrypt", "-k", key, "-o", At("out")]);
        await process.StandardInput.BaseStream.WriteAsync(new byte[200_000]);
        await process.StandardInput.BaseStream.FlushAsync();
        await UntilAsync(() => Names().Any(name => name.EndsWith(".tmp", StringComparison.Ordinal)));
        // Not SIGINT: a build that runs in the background passes it on ignored.
        Signal(process.Id, 15).ShouldBe(0);
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(143);
        error.ShouldContain("interrupted");
        Names().ShouldBe(["test.key"]);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }

    private static void MakeNamedPipe(string path)
    {
        using var process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
