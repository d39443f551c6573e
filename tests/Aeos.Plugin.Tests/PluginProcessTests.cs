using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Aeos.GoPlugin.Grpc;
using Aeos.ObjectStore.Locations;
using Aeos.Plugin.CommandLine;
using Aeos.Velero.Plugins;
using Microsoft.Extensions.Logging;

namespace Aeos.Plugin.Tests;

public sealed class PluginProcessTests(PluginFixture plugin) : IClassFixture<PluginFixture>, IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestLocations _folder = new();

    private ObjectStoreClient Client => plugin.Client;

    [Fact]
    public async Task Every_provider_is_listed_as_an_object_store_of_a_command_that_can_be_started()
    {
        var plugins = await ObjectStoreClient.ListPluginsAsync(plugin.Process.Channel, None);

        plugins.Select(listed => listed.Name).ShouldBe(LocationOpener.Providers);
        plugins.Select(listed => listed.Name).ShouldContain("aeos.io/filesystem");
        plugins.ShouldAllBe(listed => listed.Kind == "ObjectStore");
        plugins.ShouldAllBe(listed => listed.Command == PluginFixture.Program);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData(64 * 1024)]
    [InlineData((64 * 1024) + 1)]
    [InlineData(1_000_000)]
    public async Task What_is_put_is_encrypted_on_disk_and_comes_back(int size)
    {
        await Client.InitAsync(_folder.Create("bucket", "velero"), None);
        var content = RandomNumberGenerator.GetBytes(size);

        await Client.PutObjectAsync("bucket", "velero/backups/a/a.tar.gz", new MemoryStream(content), None);

        var stored = await File.ReadAllBytesAsync(_folder.FileOf("bucket", "velero/backups/a/a.tar.gz"));
        stored[..3].ShouldBe(new byte[] { 0x02, 0x04, 0x78 });
        if (size >= 16)
        {
            stored.AsSpan().IndexOf(content.AsSpan(0, 16)).ShouldBe(-1);
        }

        using var read = new MemoryStream();
        await Client.GetObjectAsync("bucket", "velero/backups/a/a.tar.gz", read, None);
        read.ToArray().ShouldBe(content);
    }

    [Fact]
    public async Task Listings_carry_whole_keys_and_whole_prefixes_with_their_delimiter()
    {
        await Client.InitAsync(_folder.Create("bucket", "velero"), None);
        (await Client.ListObjectsAsync("bucket", "velero/", None)).ShouldBeEmpty();
        (await Client.ListCommonPrefixesAsync("bucket", "velero/", "/", None)).ShouldBeEmpty();
        foreach (var key in new[] { "velero/backups/a/1", "velero/backups/b/1", "velero/restores/c/1" })
        {
            await PutAsync(key, key);
        }

        (await Client.ListObjectsAsync("bucket", "velero/backups/", None)).ShouldBe(["velero/backups/a/1", "velero/backups/b/1"]);
        (await Client.ListCommonPrefixesAsync("bucket", "velero/", "/", None)).ShouldBe(["velero/backups/", "velero/restores/"]);
        (await Client.ListCommonPrefixesAsync("bucket", "velero/backups/", "/", None)).ShouldBe(["velero/backups/a/", "velero/backups/b/"]);
    }

    [Fact]
    public async Task A_listing_without_a_delimiter_is_refused()
    {
        await Client.InitAsync(_folder.Create("bucket"), None);

        (await FailureAsync(() => Client.ListCommonPrefixesAsync("bucket", "", "", None))).StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    [Fact]
    public async Task A_missing_object_is_not_found_by_name_and_does_not_exist()
    {
        await Client.InitAsync(_folder.Create("bucket"), None);
        await PutAsync("backups/a", "a");
        (await Client.ExistsAsync("bucket", "backups/a", None)).ShouldBeTrue();
        await Client.DeleteAsync("bucket", "backups/a", None);
        (await Client.ExistsAsync("bucket", "backups/a", None)).ShouldBeFalse();

        foreach (var failure in new[]
        {
            await FailureAsync(() => Client.GetObjectAsync("bucket", "backups/a", Stream.Null, None)),
            await FailureAsync(() => Client.DeleteAsync("bucket", "backups/a", None)),
        })
        {
            failure.StatusCode.ShouldBe(StatusCode.NotFound);
            failure.Message.ShouldContain("not found");
            failure.Message.ShouldContain("backups/a");
        }
    }

    [Fact]
    public async Task Init_refuses_a_key_that_cannot_be_used_and_a_setting_that_is_not_known()
    {
        var config = _folder.Create("bucket");
        await File.WriteAllTextAsync(config["encryptionKeyFile"], "too short");
        (await FailureAsync(() => Client.InitAsync(config, None))).StatusCode.ShouldBe(StatusCode.InvalidArgument);

        var failure = await FailureAsync(() => Client.InitAsync([.. _folder.Create("bucket"), new("prefx", "p")], None));
        failure.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        failure.Message.ShouldContain("prefx");
    }

    [Fact]
    public async Task A_signed_URL_of_an_encrypted_object_is_refused_with_the_way_to_read_it()
    {
        await Client.InitAsync(_folder.Create("bucket"), None);
        await PutAsync("backups/a", "a");

        var failure = await FailureAsync(() => Client.CreateSignedUrlAsync("bucket", "backups/a", TimeSpan.FromMinutes(10), None));

        failure.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        failure.Message.ShouldContain("encrypted");
        failure.Message.ShouldContain("aeos store get");
        (await FailureAsync(() => Client.CreateSignedUrlAsync("bucket", "backups/a", TimeSpan.Zero, None))).StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    [Fact]
    public async Task Ordinary_refusals_log_no_error_and_no_warning()
    {
        // An error line in Velero's log during a backup makes it PartiallyFailed. A process of its own: its log is whole once it has ended.
        var own = new PluginFixture();
        await own.InitializeAsync();
        await own.Client.InitAsync(_folder.Create("bucket"), None);
        await FailureAsync(() => own.Client.GetObjectAsync("bucket", "a", Stream.Null, None));
        await FailureAsync(() => own.Client.GetObjectAsync("none", "a", Stream.Null, None));
        await own.DisposeAsync();

        own.Log.ShouldContain(entry => entry.Level == LogLevel.Debug && entry.Text.Contains("NotFound", StringComparison.Ordinal));
        own.Log.ShouldNotContain(entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task No_core_is_dumped()
    {
        var limits = await File.ReadAllLinesAsync($"/proc/{plugin.Process.ProcessId}/limits");
        limits.Single(line => line.StartsWith("Max core file size", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[4..6].ShouldBe(["0", "0"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("server --log-level debug")]
    public async Task Run_by_hand_it_says_what_it_is_and_exits_1(string arguments)
    {
        var (exitCode, output, error) = await RunAsync(arguments);

        exitCode.ShouldBe(1);
        output.ShouldBeEmpty();
        error.ShouldContain($"velero-plugin-aeos {ProductVersion.Text}");
        error.ShouldContain("aeos.io/filesystem");
        error.ShouldContain("copy-to DIR");
    }

    [Fact]
    public async Task It_prints_its_version() =>
        (await RunAsync("--version")).ShouldBe((0, $"velero-plugin-aeos {ProductVersion.Text}\n", ""));

    public void Dispose() => _folder.Dispose();

    private static Task<RpcException> FailureAsync(Func<Task> call) => Should.ThrowAsync<RpcException>(call);

    private Task PutAsync(string key, string text) =>
        Client.PutObjectAsync("bucket", key, new MemoryStream(Encoding.UTF8.GetBytes(text)), None);

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string arguments)
    {
        var start = new ProcessStartInfo(PluginFixture.Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("VELERO_PLUGIN");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
