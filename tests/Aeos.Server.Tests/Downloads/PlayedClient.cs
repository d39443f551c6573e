using System.IO.Compression;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Aeos.Server.Tests.Downloads;

/// <summary>
/// Plays how the official client fetches (Velero 1.18.1, pkg/cmd/util/downloadrequest): <c>backup logs</c>, <c>restore logs</c>, <c>backup download</c>, with
/// <c>-o</c>, <c>--cacert</c> and <c>--insecure-skip-tls-verify</c>.
/// </summary>
internal sealed class PlayedClient(DownloadBench bench) : OfficialClient
{
    // The client's own limit for a log.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public override async Task<(int Code, string Text)> RunAsync(params string[] arguments)
    {
        var (of, verb, name) = (arguments[0], arguments[1], arguments[2]);
        var kind = (of, verb) switch
        {
            ("backup", "logs") => "BackupLog",
            ("restore", "logs") => "RestoreLog",
            ("backup", "download") => "BackupContents",
            _ => throw new ArgumentException($"velero {of} {verb} is not played.", nameof(arguments)),
        };
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var content = await FetchAsync(await AddressAsync(kind, name, limit.Token), Trust(arguments), isPacked: kind != "BackupContents", limit.Token);
            if (Option(arguments, "-o") is not { } file)
            {
                return (0, Encoding.UTF8.GetString(content));
            }

            await File.WriteAllBytesAsync(file, content, limit.Token);
            return (0, $"Backup {name} has been successfully downloaded to {file}\n");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return (1, $"An error occurred: {failure.Message} {failure.InnerException?.Message}\n");
        }
    }

    private static string? Option(string[] arguments, string name)
        => Array.IndexOf(arguments, name) is var at and >= 0 ? arguments[at + 1] : null;

    private static SslClientAuthenticationOptions Trust(string[] arguments)
    {
        if (arguments.Contains("--insecure-skip-tls-verify"))
        {
            var any = new X509ChainPolicy { VerificationFlags = X509VerificationFlags.AllFlags, RevocationMode = X509RevocationMode.NoCheck };
            return new SslClientAuthenticationOptions { CertificateChainPolicy = any };
        }

        return Option(arguments, "--cacert") is { } file ? MadeCertificate.TrustOnly(File.ReadAllText(file)) : new SslClientAuthenticationOptions();
    }

    private async Task<string> AddressAsync(string kind, string name, CancellationToken cancellationToken)
    {
        var request = await bench.RequestAsync(kind, name);
        while (true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(25), cancellationToken);
            var now = await bench.Server().DownloadRequests.TryGetAsync(request, cancellationToken);
            if (now!.Status.DownloadUrl is { Length: > 0 } address)
            {
                return address;
            }
        }
    }

    // With nothing but the address, and unpacking by itself whatever the headers say.
    private static async Task<byte[]> FetchAsync(string address, SslClientAuthenticationOptions trust, bool isPacked, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = trust, AutomaticDecompression = DecompressionMethods.None });
        using var response = await http.GetAsync(address, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK when isPacked:
                using (var unpacked = new MemoryStream())
                {
                    await using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
                    await gzip.CopyToAsync(unpacked, cancellationToken);
                    return unpacked.ToArray();
                }

            case HttpStatusCode.OK:
                return body;
            case HttpStatusCode.NotFound:
                throw new HttpRequestException("file not found");
            default:
                throw new HttpRequestException($"request failed: {Encoding.UTF8.GetString(body)}");
        }
    }
}
