using Aeos.GoPlugin.Handshake;
using Aeos.GoPlugin.Tests.Fixtures;

namespace Aeos.GoPlugin.Tests;

/// <summary>How the plugin's process begins and ends.</summary>
public class HandshakeTests
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Fact]
    public async Task Without_the_cookie_the_plugin_says_what_it_is_and_exits_1()
    {
        await using var plugin = await PluginRun.StartAsync((WirePlugin.Handshake.MagicCookieKey, null));

        var (exitCode, stdout, stderr) = await plugin.WaitForExitAsync();
        exitCode.ShouldBe(1);
        plugin.Line.ShouldBeNull();
        stdout.ShouldBeEmpty();
        stderr.ShouldContain("This is a plugin for the tests");
    }

    [Fact]
    public async Task The_line_has_six_fields_and_nothing_follows_it()
    {
        await using var plugin = await PluginRun.StartAsync();

        plugin.Line.ShouldBe($"1|2|unix|{plugin.Handshake.Address}|grpc|");
        await plugin.SignalAsync("TERM");
        (await plugin.WaitForExitAsync()).Stdout.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_socket_is_alone_in_a_folder_that_only_its_owner_can_enter_and_goes_with_SIGTERM()
    {
        using var temporary = new TemporaryFolder();
        await using var plugin = await PluginRun.StartAsync(("TMPDIR", temporary.Path));

        var folder = Directory.GetDirectories(temporary.Path).ShouldHaveSingleItem();
        Path.GetDirectoryName(plugin.Handshake.Address).ShouldBe(folder);
        File.GetUnixFileMode(folder).ShouldBe(Private);
        File.GetUnixFileMode(plugin.Handshake.Address).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFileSystemEntries(folder).ShouldBe([plugin.Handshake.Address]);

        await plugin.SignalAsync("TERM");
        (await plugin.WaitForExitAsync()).ExitCode.ShouldBe(0);
        Directory.GetFileSystemEntries(temporary.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task SIGINT_is_left_to_the_host()
    {
        await using var plugin = await PluginRun.StartAsync();
        await plugin.SignalAsync("INT");

        // Connections are served after it: had it ended the plugin, this one would not be.
        using var socket = await plugin.ConnectSocketAsync(CancellationToken.None);
        await socket.SendAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray().Concat(new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 }).ToArray());
        (await socket.ReceiveAsync(new byte[9])).ShouldBe(9);
        await plugin.SignalAsync("TERM");
        (await plugin.WaitForExitAsync()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_private_folder_that_the_host_names_holds_the_socket_itself()
    {
        using var temporary = new TemporaryFolder();
        await using var plugin = await PluginRun.StartAsync((PluginEnvironment.UnixSocketFolder, temporary.Path));

        Path.GetDirectoryName(plugin.Handshake.Address).ShouldBe(temporary.Path);
        await plugin.SignalAsync("TERM");
        await plugin.WaitForExitAsync();
        Directory.GetFileSystemEntries(temporary.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_that_others_can_enter_gets_a_private_one_in_it()
    {
        using var temporary = new TemporaryFolder();
        File.SetUnixFileMode(temporary.Path, Private | UnixFileMode.OtherExecute);
        await using var plugin = await PluginRun.StartAsync((PluginEnvironment.UnixSocketFolder, temporary.Path));

        var folder = Path.GetDirectoryName(plugin.Handshake.Address)!;
        Path.GetDirectoryName(folder).ShouldBe(temporary.Path);
        File.GetUnixFileMode(folder).ShouldBe(Private);
    }

    [Fact]
    public async Task A_socket_for_a_group_is_in_the_named_folder_and_the_group_may_use_it()
    {
        using var temporary = new TemporaryFolder();
        File.SetUnixFileMode(temporary.Path, Private | UnixFileMode.GroupExecute);
        await using var plugin = await PluginRun.StartAsync(
            (PluginEnvironment.UnixSocketFolder, temporary.Path), (PluginEnvironment.UnixSocketGroup, "0"));

        Path.GetDirectoryName(plugin.Handshake.Address).ShouldBe(temporary.Path);
        File.GetUnixFileMode(plugin.Handshake.Address).ShouldBe(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
    }

    [Fact]
    public async Task A_folder_whose_name_is_too_long_for_a_socket_is_refused_with_the_way_out()
    {
        using var temporary = new TemporaryFolder();
        var deep = temporary.Combine(new string('x', 100));
        Directory.CreateDirectory(deep, Private);
        await using var plugin = await PluginRun.StartAsync((PluginEnvironment.UnixSocketFolder, deep));

        var (exitCode, _, stderr) = await plugin.WaitForExitAsync();
        exitCode.ShouldBe(1);
        plugin.Line.ShouldBeNull();
        stderr.ShouldContain("107");
        stderr.ShouldContain(PluginEnvironment.UnixSocketFolder);
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData("", 2)]
    [InlineData("2", 2)]
    [InlineData("3", 3)]
    [InlineData("1,2,3,4", 3)]
    [InlineData("x,2", 2)]
    public async Task The_newest_common_version_is_chosen(string? offered, int chosen)
    {
        await using var plugin = await PluginRun.StartAsync((PluginEnvironment.ProtocolVersions, offered));
        plugin.Handshake.ProtocolVersion.ShouldBe(chosen);
    }

    [Fact]
    public async Task Without_a_common_version_the_host_learns_the_plugins_and_the_plugin_exits_1()
    {
        await using var plugin = await PluginRun.StartAsync((PluginEnvironment.ProtocolVersions, "7,8"));

        plugin.Handshake.ProtocolVersion.ShouldBe(2);
        var (exitCode, _, stderr) = await plugin.WaitForExitAsync();
        exitCode.ShouldBe(1);
        stderr.ShouldContain("7,8");
    }

    [Fact]
    public async Task Folders_of_killed_plugins_go_at_the_next_start_and_those_of_others_stay()
    {
        using var temporary = new TemporaryFolder();
        await using var killed = await PluginRun.StartAsync(("TMPDIR", temporary.Path));
        killed.Process.Kill();
        await killed.WaitForExitAsync();
        await using var living = await PluginRun.StartAsync(("TMPDIR", temporary.Path));
        var starting = Directory.CreateDirectory(temporary.Combine("aeos-plugin-starting"), Private).FullName;
        var foreign = Directory.CreateDirectory(temporary.Combine("aeos-plugin-foreign"), Private).FullName;
        await File.WriteAllTextAsync(Path.Combine(foreign, "plugin.sock.bak"), "");
        foreach (var old in new[] { Folder(killed), Folder(living), foreign })
        {
            Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-1));
        }

        await using var next = await PluginRun.StartAsync(("TMPDIR", temporary.Path));
        await next.SignalAsync("TERM");
        await next.WaitForExitAsync();

        Directory.GetDirectories(temporary.Path).ShouldBe([Folder(living), starting, foreign], ignoreOrder: true);
        using var socket = await living.ConnectSocketAsync(CancellationToken.None);
    }

    private static string Folder(PluginRun plugin) => Path.GetDirectoryName(plugin.Handshake.Address)!;
}
