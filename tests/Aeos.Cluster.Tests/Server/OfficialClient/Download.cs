using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary>What an address of a DownloadRequest gave.</summary>
internal sealed record Download(HttpStatusCode Code, byte[] Body)
{
    /// <summary>The body unpacked: the client does that with everything but archives.</summary>
    public string Text
    {
        get
        {
            Code.ShouldBe(HttpStatusCode.OK, Encoding.UTF8.GetString(Body));
            using var unpacked = new StreamReader(new GZipStream(new MemoryStream(Body), CompressionMode.Decompress));
            return unpacked.ReadToEnd();
        }
    }

    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>The body as an archive: its files.</summary>
    public IReadOnlyDictionary<string, string> Files
    {
        get
        {
            Code.ShouldBe(HttpStatusCode.OK, Encoding.UTF8.GetString(Body));
            using var tar = new TarReader(new GZipStream(new MemoryStream(Body), CompressionMode.Decompress));
            var files = new Dictionary<string, string>(StringComparer.Ordinal);
            while (tar.GetNextEntry() is { } entry)
            {
                if (entry.DataStream is { } data)
                {
                    using var text = new StreamReader(data);
                    files[entry.Name] = text.ReadToEnd();
                }
            }

            return files;
        }
    }

    /// <summary>Asks as the client does: with nothing but the address, under one authority, and unpacking nothing.</summary>
    public static async Task<Download> FetchAsync(Uri address, string authority, CancellationToken cancellationToken)
    {
        address.Scheme.ShouldBe("https");
        using var trusted = X509Certificate2.CreateFromPem(authority);
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(trusted);
        using var http = new HttpClient(handler);
        using var response = await http.GetAsync(address, cancellationToken);
        response.Content.Headers.ContentEncoding.ShouldBeEmpty();
        return new Download(response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }
}
