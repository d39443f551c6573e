using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Aeos.Server.Controllers;
using Aeos.Server.Downloads;
using Aeos.Server.Downloads.Requests;

namespace Aeos.Server.Tests.Downloads;

/// <summary>The official client fetches from the endpoint: the client itself where it is at hand, else what is played of it.</summary>
public class OfficialClientTests
{
    private const string Log = "time=\"2026-01-01T00:00:00Z\" level=info msg=\"Backed up a total of 3 items\"\n";

    [Fact]
    public async Task Logs_come_unpacked_under_the_endpoints_authority_and_not_without_it()
    {
        await using var bench = await BenchAsync();
        await bench.PutEncryptedAsync("backups/one/one-logs.gz", Pack(Encoding.UTF8.GetBytes(Log)));
        await bench.PutEncryptedAsync("restores/again/restore-again-logs.gz", Pack(Encoding.UTF8.GetBytes(Log)));
        await using var serving = await Serving.StartAsync(bench);

        (await serving.VeleroAsync("backup", "logs", "one", "--cacert", serving.Authority)).ShouldBe((0, Log));
        (await serving.VeleroAsync("restore", "logs", "again", "--cacert", serving.Authority)).ShouldBe((0, Log));
        (await serving.VeleroAsync("backup", "logs", "one", "--insecure-skip-tls-verify")).ShouldBe((0, Log));
        var (code, text) = await serving.VeleroAsync("backup", "logs", "one");
        code.ShouldNotBe(0);
        text.ShouldContain("certificate");
    }

    [Fact]
    public async Task An_archive_comes_as_it_is_where_that_is_allowed()
    {
        await using var bench = await BenchAsync();
        var archive = Pack(RandomNumberGenerator.GetBytes(3_000_000));
        await bench.PutEncryptedAsync("backups/one/one.tar.gz", archive);
        var file = Path.Combine(bench.Folder, "one.tar.gz");

        await using (var closed = await Serving.StartAsync(bench))
        {
            var (code, text) = await closed.VeleroAsync("backup", "download", "one", "-o", file, "--cacert", closed.Authority);
            code.ShouldNotBe(0);
            text.ShouldContain("request failed: This server hands out no archives");
        }

        File.Delete(file);
        await using var open = await Serving.StartAsync(bench, archives: true);
        (await open.VeleroAsync("backup", "download", "one", "-o", file, "--cacert", open.Authority)).Code.ShouldBe(0);
        (await File.ReadAllBytesAsync(file)).ShouldBe(archive);
    }

    [Fact]
    public async Task What_is_not_there_and_what_is_damaged_is_an_error()
    {
        await using var bench = await BenchAsync();
        await bench.PutEncryptedAsync("backups/one/one.tar.gz", Pack(RandomNumberGenerator.GetBytes(3_000_000)));
        var stored = await File.ReadAllBytesAsync(bench.FileOf("backups/one/one.tar.gz"));
        stored[^1000] ^= 1;
        await File.WriteAllBytesAsync(bench.FileOf("backups/one/one.tar.gz"), stored);
        await using var serving = await Serving.StartAsync(bench, archives: true);

        var missing = await serving.VeleroAsync("backup", "logs", "one", "--cacert", serving.Authority);
        missing.Code.ShouldNotBe(0);
        missing.Text.ShouldContain("file not found");

        var damaged = await serving.VeleroAsync("backup", "download", "one", "-o", Path.Combine(bench.Folder, "one.tar.gz"), "--cacert", serving.Authority);
        damaged.Code.ShouldNotBe(0, damaged.Text);
    }

    private static async Task<DownloadBench> BenchAsync()
    {
        var bench = await DownloadBench.StartAsync();

        // The official client has no clock to move by hand.
        bench.Time.Advance(DateTimeOffset.UtcNow - bench.Time.GetUtcNow());
        await bench.AddBackupAsync("one", DownloadBench.Encrypted);
        await bench.AddRestoreAsync("again", "one");
        var restore = (await bench.Server().Restores.TryGetAsync("again", default))!;
        await bench.Server().Restores.PatchAsync(restore, restore with { Status = restore.Status with { Phase = "Completed" } }, default);
        return bench;
    }

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private sealed class Serving : IAsyncDisposable
    {
        private readonly OfficialClient _client;
        private readonly DownloadService _service;
        private readonly CancellationTokenSource _stop = new();
        private readonly Controller _controller;
        private readonly Task _work;

        private Serving(DownloadBench bench, ServerContext server, DownloadService service)
        {
            (_client, _service) = (OfficialClient.For(bench), service);
            _controller = server.Controller(
                DownloadRequestController.Name, server.DownloadRequestInformer, new DownloadRequestController(server, bench.OpenAsync, service.Addresses));
            _work = Task.WhenAll(server.DownloadRequestInformer.RunAsync(_stop.Token), _controller.RunAsync(_stop.Token));
            Authority = Path.Combine(bench.Folder, "ca.crt");
            File.WriteAllText(Authority, bench.Authority);
        }

        public string Authority { get; }

        public static async Task<Serving> StartAsync(DownloadBench bench, bool archives = false)
        {
            int port;
            using (var free = new TcpListener(IPAddress.Loopback, 0))
            {
                free.Start();
                port = ((IPEndPoint)free.LocalEndpoint).Port;
            }

            var server = bench.Server(new ServerOptions
            {
                DownloadAddress = $"localhost:{port}",
                DownloadUrl = new Uri($"https://localhost:{port}"),
                DownloadArchives = archives,
                EncryptionSecret = DownloadBench.KeySecret,
            });
            return new Serving(bench, server, await DownloadService.StartAsync(server, default));
        }

        public Task<(int Code, string Text)> VeleroAsync(params string[] arguments) => _client.RunAsync(arguments);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _controller.Dispose();
            await _service.DisposeAsync();
            _stop.Dispose();
        }
    }
}
