using System.Net;
using System.Net.Sockets;
using System.Text;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Server.Tests.Downloads;

public class ServedDownloadTests
{
    [Fact]
    public async Task A_running_server_answers_a_request_for_a_log_that_it_encrypted()
    {
        await using var bench = await ServerBench.StartAsync();
        await bench.AddLocationAsync();
        await bench.AddKeyAsync();
        bench.AddConfigMaps("shop", 3);
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await bench.ServeAsync(new ServerOptions
        {
            MetricsAddress = "", LeaderElection = false, EnableEncryption = true, EncryptionSecret = "backup-key", EncryptionScope = ObjectStore.Encrypted.EncryptionScope.All,
            DownloadAddress = $"localhost:{port}", DownloadUrl = new Uri($"https://localhost:{port}"),
        });
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
        var secret = bench.Cluster.Find("v1", "Secret", ServerBench.Namespace, "aeos-downloads-tls")!;
        var authority = Encoding.UTF8.GetString(Convert.FromBase64String((string)secret["data"]!["ca.crt"]!));
        using var client = new HttpClient(new SocketsHttpHandler { SslOptions = MadeCertificate.TrustOnly(authority), AutomaticDecompression = DecompressionMethods.None });
        await using var unpacked = new System.IO.Compression.GZipStream(await client.GetStreamAsync(answered!.Status.DownloadUrl), System.IO.Compression.CompressionMode.Decompress);

        (await new StreamReader(unpacked).ReadToEndAsync()).ShouldContain("level=info");
    }
}
