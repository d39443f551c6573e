using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Aeos.ObjectStore.Encrypted;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Server.Tests.Downloads;

public class ServedDownloadTests
{
    [Fact]
    public async Task A_running_server_answers_a_request_for_a_log_that_it_encrypted_and_so_does_one_that_waits_for_the_Lease()
    {
        await using var bench = await ServerBench.StartAsync();
        await bench.AddLocationAsync();
        await bench.AddKeyAsync();
        bench.AddConfigMaps("shop", 3);
        var (first, second) = (FreePort(), FreePort());
        await bench.ServeAsync(Options("first", first));
        await bench.ServeAsync(Options("second", second), wait: false);
        await bench.AskAsync("one");
        (await bench.EndOfBackupAsync("one")).Status.Phase.ShouldBe(BackupPhase.Completed);

        var requests = bench.Of(VeleroTypes.DownloadRequests);
        await requests.CreateAsync(
            new DownloadRequestDocument
            {
                Metadata = new DocumentMetadata { Name = "one-log", Namespace = ServerBench.Namespace },
                Spec = new DownloadRequestSpec { Target = new DownloadTarget { Kind = DownloadTargetKind.BackupLog, Name = "one" } },
            },
            default);
        var answered = await Eventually.BecomesAsync(() => requests.TryGetAsync("one-log", default), static found => found!.Status.Phase == "Processed", "the answer");
        var url = answered!.Status.DownloadUrl.ShouldNotBeNull();
        url.ShouldStartWith($"https://localhost:{first}/");

        var secret = bench.Cluster.Find("v1", "Secret", ServerBench.Namespace, "aeos-downloads-tls")!;
        var authority = Encoding.UTF8.GetString(Convert.FromBase64String((string)secret["data"]!["ca.crt"]!));
        using var client = new HttpClient(new SocketsHttpHandler { SslOptions = MadeCertificate.TrustOnly(authority) });
        (await ReadAsync(client, url)).ShouldContain("level=info");
        var other = url.Replace($":{first}/", $":{second}/", StringComparison.Ordinal);
        await Eventually.BecomesAsync<Exception?>(() => Record.ExceptionAsync(() => client.GetAsync(other)), static failure => failure is null, "the second server");
        (await ReadAsync(client, other)).ShouldContain("level=info");
    }

    private static ServerOptions Options(string identity, int port) => new()
    {
        Identity = identity,
        MetricsAddress = "",
        EnableEncryption = true,
        EncryptionSecret = "backup-key",
        EncryptionScope = EncryptionScope.All,
        DownloadAddress = $"localhost:{port}",
        DownloadUrl = new Uri($"https://localhost:{port}"),
    };

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    private static async Task<string> ReadAsync(HttpClient client, string url)
    {
        await using var unpacked = new GZipStream(await client.GetStreamAsync(url), CompressionMode.Decompress);
        return await new StreamReader(unpacked).ReadToEndAsync();
    }
}
