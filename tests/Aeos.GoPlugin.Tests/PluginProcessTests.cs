using System.Diagnostics;
using Aeos.GoPlugin.Client;
using Aeos.GoPlugin.Handshake;
using Aeos.GoPlugin.TestPlugin;
using Aeos.GoPlugin.Tests.Fixtures;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;

namespace Aeos.GoPlugin.Tests;

/// <summary>Starting and ending plugins, good ones and others. The others are shell scripts.</summary>
public class PluginProcessTests
{
    [Theory]
    [InlineData("echo hello", "no handshake line")]
    [InlineData("echo '2|2|unix|/x|grpc|'", "core protocol version is \"2\"")]
    [InlineData("echo '1|x|unix|/x|grpc|'", "no number")]
    [InlineData("echo '1|9|unix|/x|grpc|'", "protocol version 9, this host 2")]
    [InlineData("echo '1|2|unix|/x|netrpc|'", "only grpc")]
    [InlineData("echo '1|2|unix|/x'", "only grpc")]
    [InlineData("echo '1|2|tcp|127.0.0.1:1|grpc|'", "only Unix sockets")]
    [InlineData("head -c 1000000 /dev/zero", "no handshake line")]
    [InlineData("echo this is a plugin >&2; exit 3", "exit code 3")]
    public async Task What_does_not_shake_hands_is_refused_with_the_reason(string script, string reason)
    {
        var e = await Should.ThrowAsync<PluginStartException>(() => PluginProcess.StartAsync(Script(script), CancellationToken.None));
        e.Message.ShouldContain(reason);
        e.Message.ShouldContain("/bin/sh");
    }

    [Fact]
    public async Task The_error_carries_the_end_of_stderr()
    {
        var e = await Should.ThrowAsync<PluginStartException>(
            () => PluginProcess.StartAsync(Script("seq 100 >&2; echo last words >&2; exit 1"), CancellationToken.None));
        e.Message.ShouldEndWith("\n99\n100\nlast words");
        e.Message.ShouldNotContain("\n42\n");
    }

    [Fact]
    public async Task A_plugin_without_a_certificate_is_refused_when_one_was_asked_for()
    {
        var e = await Should.ThrowAsync<PluginStartException>(
            () => PluginProcess.StartAsync(Script("echo '1|2|unix|/x|grpc|'") with { AutoMtls = true }, CancellationToken.None));
        e.Message.ShouldContain("no certificate");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_refused_by_name()
    {
        var options = WirePlugin.Options() with { FileName = "/nowhere/plugin" };
        var e = await Should.ThrowAsync<PluginStartException>(() => PluginProcess.StartAsync(options, CancellationToken.None));
        e.Message.ShouldContain("/nowhere/plugin");
    }

    [Fact]
    public async Task A_plugin_that_says_nothing_is_given_up_and_killed()
    {
        using var folder = new TemporaryFolder();
        var pid = folder.Combine("pid");
        var options = Script($"echo $$ > {pid}; exec tail -f /dev/null") with { StartTimeout = TimeSpan.FromSeconds(1) };
        var e = await Should.ThrowAsync<PluginStartException>(() => PluginProcess.StartAsync(options, CancellationToken.None));

        e.Message.ShouldContain("within 1 s");
        await WaitForEndAsync(await File.ReadAllTextAsync(pid));
    }

    [Fact]
    public async Task A_start_that_is_cancelled_kills_the_process()
    {
        using var folder = new TemporaryFolder();
        using var cancel = new CancellationTokenSource();
        var pid = folder.Combine("pid");
        var starting = PluginProcess.StartAsync(Script($"echo $$ > {pid}.new; mv {pid}.new {pid}; exec tail -f /dev/null"), cancel.Token);
        while (!File.Exists(pid))
        {
            await Task.Yield();
        }

        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(starting);
        await WaitForEndAsync(await File.ReadAllTextAsync(pid));
    }

    [Fact]
    public async Task Disposing_ends_the_plugin_and_leaves_no_socket()
    {
        using var folder = new TemporaryFolder();
        await using var plugin = await PluginProcess.StartAsync(
            WirePlugin.Options() with { Environment = new Dictionary<string, string?> { ["TMPDIR"] = folder.Path } }, CancellationToken.None);
        using var process = Process.GetProcessById(plugin.ProcessId);
        Directory.GetDirectories(folder.Path).ShouldHaveSingleItem();

        await plugin.DisposeAsync();
        process.HasExited.ShouldBeTrue();
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
        await plugin.DisposeAsync();
    }

    [Fact]
    public async Task A_plugin_that_does_not_end_is_killed()
    {
        using var folder = new TemporaryFolder();
        var pid = folder.Combine("pid");
        await using var plugin = await PluginProcess.StartAsync(
            Script($"echo $$ > {pid}; echo '1|2|unix|/nowhere|grpc|'; exec tail -f /dev/null"), CancellationToken.None);

        await plugin.DisposeAsync();
        await WaitForEndAsync(await File.ReadAllTextAsync(pid));
    }

    [Fact]
    public async Task The_environment_is_the_hosts_with_what_the_options_add_and_take_away()
    {
        var environment = new Dictionary<string, string?> { ["AEOS_ADDED"] = "yes", ["HOME"] = null };
        await using var plugin = await PluginProcess.StartAsync(WirePlugin.Options() with { Environment = environment }, CancellationToken.None);

        (await EnvironmentAsync(plugin, "AEOS_ADDED")).ShouldBe("yes");
        (await EnvironmentAsync(plugin, "HOME")).ShouldBe("");
        (await EnvironmentAsync(plugin, "PATH")).ShouldBe(System.Environment.GetEnvironmentVariable("PATH"));
        (await EnvironmentAsync(plugin, PluginEnvironment.ProtocolVersions)).ShouldBe("2");
        (await EnvironmentAsync(plugin, PluginEnvironment.ClientCertificate)).ShouldBe("");
    }

    [Fact]
    public async Task Lines_of_stderr_come_to_the_logger_at_their_level()
    {
        var logger = new RecordingLogger();
        var script = """
            echo '{"@level":"warn","@message":"careful","@module":"m","bucket":"b","n":1}' >&2
            echo '{"@level":"error","@message":"bad"}' >&2
            echo '{"level":"info"}' >&2
            echo '{broken' >&2
            echo plain >&2
            exit 1
            """;
        await Should.ThrowAsync<PluginStartException>(() => PluginProcess.StartAsync(Script(script) with { Logger = logger }, CancellationToken.None));

        logger.Lines.ShouldBe([
            (LogLevel.Warning, "careful bucket=b n=1"),
            (LogLevel.Error, "bad"),
            (LogLevel.Debug, """{"level":"info"}"""),
            (LogLevel.Debug, "{broken"),
            (LogLevel.Debug, "plain"),
        ]);
    }

    [Fact]
    public async Task What_a_plugins_code_prints_is_logged_and_disturbs_nothing()
    {
        var logger = new RecordingLogger();
        await using (var plugin = await PluginProcess.StartAsync(WirePlugin.Options(logger), CancellationToken.None))
        {
            await plugin.Channel.UnaryAsync(Methods.Print, new StringValue { Value = "1|2|unix|/evil|grpc|" }, null, CancellationToken.None);
        }

        logger.Lines.ShouldBe([(LogLevel.Debug, "1|2|unix|/evil|grpc|"), (LogLevel.Debug, "1|2|unix|/evil|grpc|")]);
    }

    private static PluginProcessOptions Script(string script) => WirePlugin.Options() with { FileName = "/bin/sh", Arguments = ["-c", script] };

    private static async Task<string> EnvironmentAsync(PluginProcess plugin, string name) =>
        (await plugin.Channel.UnaryAsync(Methods.Environment, new StringValue { Value = name }, null, CancellationToken.None)).Value;

    // The kernel takes a killed process away when it likes, also between two of these lines; nothing else ends this one.
    private static async Task WaitForEndAsync(string pid)
    {
        var status = $"/proc/{pid.Trim()}/stat";
        try
        {
            while (File.Exists(status) && !(await File.ReadAllTextAsync(status)).Contains(") Z", StringComparison.Ordinal))
            {
                await Task.Yield();
            }
        }
        catch (IOException) when (!File.Exists(status))
        {
        }
    }
}
