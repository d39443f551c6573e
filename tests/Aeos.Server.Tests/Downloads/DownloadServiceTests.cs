using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Aeos.Server.Downloads;
using Aeos.Server.Downloads.Addresses;
using Aeos.Velero.Resources;

namespace Aeos.Server.Tests.Downloads;

public class DownloadServiceTests
{
    private static readonly ServerOptions WithArchives = new() { DownloadAddress = "localhost:0", EncryptionSecret = DownloadBench.KeySecret, DownloadArchives = true };

    private static readonly byte[] Content = [0x1f, 0x8b, .. RandomNumberGenerator.GetBytes(300_000)];

    [Fact]
    public async Task What_was_encrypted_comes_as_it_was_before()
    {
        await using var bench = await DownloadBench.StartAsync();
        await bench.AddBackupAsync("one", DownloadBench.Encrypted);
        await bench.AddRestoreAsync("again", "one");
        await bench.PutEncryptedAsync("backups/one/one-logs.gz", Content);
        await bench.PutEncryptedAsync("backups/one/one.tar.gz", Content);
        await bench.PutEncryptedAsync("restores/again/restore-again-logs.gz", Content);
        await bench.PutAsync("backups/one/one-results.gz", Content);
        await using var service = await DownloadService.StartAsync(bench.Server(WithArchives), default);
        using var client = bench.NewClient();

        foreach (var key in (string[])["backups/one/one-logs.gz", "backups/one/one.tar.gz", "restores/again/restore-again-logs.gz", "backups/one/one-results.gz"])
        {
            (await client.GetByteArrayAsync(UrlOf(service, key))).ShouldBe(Content, key);
        }
    }

    [Fact]
    public async Task An_archive_in_the_proposals_format_is_decrypted_too()
    {
        await using var bench = await DownloadBench.StartAsync();
        await bench.AddBackupAsync("one", DownloadBench.Status(EncryptionStatus.AesGcmFormat));
        await bench.PutAsync("backups/one/one.tar.gz", bench.InProposalsFormat(Content));
        await using var service = await DownloadService.StartAsync(bench.Server(WithArchives), default);
        using var client = bench.NewClient();

        // Twice: the first gave its turn back.
        (await client.GetByteArrayAsync(UrlOf(service, "backups/one/one.tar.gz"))).ShouldBe(Content);
        (await client.GetByteArrayAsync(UrlOf(service, "backups/one/one.tar.gz"))).ShouldBe(Content);
    }

    [Fact]
    public async Task An_object_that_was_changed_in_the_bucket_is_never_sent_whole()
    {
        await using var bench = await DownloadBench.StartAsync();
        await bench.AddBackupAsync("one", DownloadBench.Encrypted);
        await bench.PutEncryptedAsync("backups/one/one-logs.gz", Content);
        await bench.PutEncryptedAsync("backups/one/one-results.gz", Content);
        Change(bench.FileOf("backups/one/one-logs.gz"), fromEnd: 100);
        Change(bench.FileOf("backups/one/one-results.gz"), fromEnd: 299_000);
        await using var service = await DownloadService.StartAsync(bench.Server(), default);
        using var client = bench.NewClient();

        using var late = await client.GetAsync(UrlOf(service, "backups/one/one-logs.gz"), HttpCompletionOption.ResponseHeadersRead);
        using var early = await client.GetAsync(UrlOf(service, "backups/one/one-results.gz"));

        late.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Should.ThrowAsync<Exception>(() => late.Content.CopyToAsync(Stream.Null));
        early.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await early.Content.ReadAsStringAsync()).ShouldContain("backups/one/one-results.gz");
    }

    [Fact]
    public async Task An_object_in_anothers_place_is_refused()
    {
        await using var bench = await DownloadBench.StartAsync();
        await bench.AddBackupAsync("one", DownloadBench.Encrypted);
        await bench.PutEncryptedAsync("backups/two/two-logs.gz", Content);
        await bench.PutAsync("backups/one/one-logs.gz", await File.ReadAllBytesAsync(bench.FileOf("backups/two/two-logs.gz")));
        await using var service = await DownloadService.StartAsync(bench.Server(), default);
        using var client = bench.NewClient();

        using var response = await client.GetAsync(UrlOf(service, "backups/one/one-logs.gz"));

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task An_archive_that_must_be_encrypted_and_is_not_is_refused_with_the_reason()
    {
        await using var bench = await DownloadBench.StartAsync();
        await bench.AddBackupAsync("one");
        await bench.PutAsync("backups/one/one.tar.gz", Content);
        await using var lenient = await DownloadService.StartAsync(bench.Server(WithArchives), default);
        await using var strict = await DownloadService.StartAsync(bench.Server(WithArchives with { RequireEncryption = true }), default);
        using var client = bench.NewClient();

        using var allowed = await client.GetAsync(UrlOf(lenient, "backups/one/one.tar.gz"));
        using var refused = await client.GetAsync(UrlOf(strict, "backups/one/one.tar.gz"));

        allowed.StatusCode.ShouldBe(HttpStatusCode.OK);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("it is not encrypted, and encryption is required");
    }

    [Fact]
    public async Task A_key_that_is_not_the_backups_gives_an_error_and_no_bytes()
    {
        await using var bench = await DownloadBench.StartAsync();
        await bench.AddBackupAsync("one");
        await bench.PutEncryptedAsync("backups/one/one-logs.gz", Content, with: RandomNumberGenerator.GetBytes(32));
        await using var service = await DownloadService.StartAsync(bench.Server(), default);
        using var client = bench.NewClient();

        using var response = await client.GetAsync(UrlOf(service, "backups/one/one-logs.gz"));

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        bench.Logger.Lines.ShouldAllBe(line => !line.Contains("signature=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_location_that_has_another_bucket_by_now_does_not_hand_out_what_is_there()
    {
        await using var bench = await DownloadBench.StartAsync();
        await bench.AddBackupAsync("one");
        await bench.AddLocationAsync("second", "other");
        await bench.PutAsync("backups/one/one-logs.gz", Content);
        await using var service = await DownloadService.StartAsync(bench.Server(), default);
        using var client = bench.NewClient();
        var url = UrlOf(service, "backups/one/one-logs.gz", bucket: "other");

        using var response = await client.GetAsync(url);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("nowhere", "backups/one/one-logs.gz")]
    [InlineData("default", "backups/two/two-logs.gz")]
    [InlineData("default", "restores/one/restore-one-logs.gz")]
    [InlineData("default", "backups/one/one-results.gz")]
    public async Task What_has_gone_since_the_address_was_made_is_not_found(string location, string key)
    {
        await using var bench = await DownloadBench.StartAsync();
        await bench.AddBackupAsync("one");
        await using var service = await DownloadService.StartAsync(bench.Server(), default);
        using var client = bench.NewClient();

        using var response = await client.GetAsync(UrlOf(service, key, location));

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Servers_that_begin_at_once_and_those_that_come_later_serve_each_others_addresses()
    {
        await using var bench = await DownloadBench.StartAsync();
        await bench.AddBackupAsync("one");
        await bench.PutAsync("backups/one/one-logs.gz", Content);
        List<DownloadService> services = [.. await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => DownloadService.StartAsync(bench.Server(), default)))];
        services.Add(await DownloadService.StartAsync(bench.Server(), default));
        using var client = bench.NewClient();

        foreach (var (made, serving) in services.SelectMany(made => services.Select(serving => (made, serving))))
        {
            using var response = await client.GetAsync(UrlOf(made, "backups/one/one-logs.gz", at: serving));
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        foreach (var service in services)
        {
            await service.DisposeAsync();
        }
    }

    [Fact]
    public async Task Key_and_certificate_are_in_no_backup_and_in_no_log()
    {
        await using var bench = await DownloadBench.StartAsync();
        await using var service = await DownloadService.StartAsync(bench.Server(), default);

        foreach (var name in (string[])["aeos-downloads-key", "aeos-downloads-tls"])
        {
            var secret = bench.Cluster.Find("v1", "Secret", DownloadBench.Namespace, name)!;
            ((string?)secret["metadata"]!["labels"]!["velero.io/exclude-from-backup"]).ShouldBe("true");
            foreach (var (_, value) in (JsonObject)secret["data"]!)
            {
                bench.Logger.Lines.ShouldAllBe(line => !line.Contains((string)value!, StringComparison.Ordinal));
            }
        }

        Convert.FromBase64String((string)bench.Cluster.Find("v1", "Secret", DownloadBench.Namespace, "aeos-downloads-key")!["data"]!["signingKey"]!).Length.ShouldBe(32);
    }

    [Theory]
    [InlineData("aeos-downloads-key", """{"signingKey":"c2hvcnQ="}""")]
    [InlineData("aeos-downloads-key", """{"other":"c2hvcnQ="}""")]
    [InlineData("aeos-downloads-tls", """{"tls.crt":"c2hvcnQ=","tls.key":"c2hvcnQ="}""")]
    [InlineData("aeos-downloads-tls", """{"tls.crt":"c2hvcnQ=","tls.key":"c2hvcnQ=","ca.crt":"c2hvcnQ=","ca.key":"c2hvcnQ="}""")]
    public async Task A_Secret_that_holds_something_else_is_not_used_and_not_overwritten(string name, string data)
    {
        await using var bench = await DownloadBench.StartAsync();
        bench.Cluster.Seed($$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"{{{name}}}","namespace":"velero"},"data":{{{data}}}}""");

        var refusal = await Should.ThrowAsync<AeosException>(() => DownloadService.StartAsync(bench.Server(), default));

        refusal.Message.ShouldContain($"velero/{name}");
        bench.Cluster.Find("v1", "Secret", DownloadBench.Namespace, name)!["data"]!.ToJsonString().ShouldBe(data);
    }

    [Theory]
    [InlineData("http://backup.example.org")]
    [InlineData("https://backup.example.org/?a=b")]
    [InlineData("https://me@backup.example.org/")]
    [InlineData("ftp://backup.example.org/")]
    public async Task An_address_that_would_give_signatures_away_is_no_address_for_clients(string url)
    {
        await using var bench = await DownloadBench.StartAsync();

        var refusal = await Should.ThrowAsync<AeosException>(() => DownloadService.StartAsync(bench.Server(new ServerOptions { DownloadAddress = "localhost:0", DownloadUrl = new Uri(url) }), default));

        refusal.Cause.ShouldStartWith("--download-url");
    }

    // Where the endpoint is reached is another matter than what its addresses say.
    private static string UrlOf(DownloadService service, string key, string location = "default", string bucket = "bucket", DownloadService? at = null)
    {
        var address = new Uri(service.Addresses.Create(new DownloadAddress(location, bucket, key)));
        return $"https://localhost:{(at ?? service).Port}{address.PathAndQuery}";
    }

    private static void Change(string file, int fromEnd)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[^fromEnd] ^= 1;
        File.WriteAllBytes(file, bytes);
    }
}
