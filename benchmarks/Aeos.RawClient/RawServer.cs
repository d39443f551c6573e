using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Aeos.RawClient;

/// <summary>An API server over plain HTTP/1.1 connections.</summary>
internal sealed partial class RawServer : IDisposable
{
    /// <summary>Connections, each with one request at a time.</summary>
    public const int Connections = 32;

    private const int MostAttempts = 100;
    private const int PageSize = 500;
    private const int ReadSize = 64 * 1024;
    private const int HeadSize = 4096;

    private readonly HttpClient _http;

    private RawServer(HttpClient http) => _http = http;

    /// <summary>Reads the current context: a token, or a client certificate that is in the file itself, as kind and kubeadm write it.</summary>
    public static RawServer Open(string kubeconfig)
    {
        using var text = File.OpenText(kubeconfig);
        var yaml = new YamlStream();
        yaml.Load(text);
        var root = yaml.Documents[0].RootNode;
        var context = Named(root["contexts"], root["current-context"])["context"];
        var cluster = (YamlMappingNode)Named(root["clusters"], context["cluster"])["cluster"];
        var user = (YamlMappingNode)Named(root["users"], context["user"])["user"];
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections, SslOptions = Tls(cluster, user) })
        {
            BaseAddress = new Uri(cluster["server"].ToString()),
            DefaultRequestVersion = HttpVersion.Version11,
            Timeout = TimeSpan.FromMinutes(30),
        };
        if (user.Children.TryGetValue("token", out var token))
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.ToString());
        }

        return new RawServer(http);
    }

    /// <summary>Sends, reads the answer and forgets it.</summary>
    public async Task SendAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        using var response = await _http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Posts until the object is there: a new type is served a little after its definition, and may be there from an earlier run.</summary>
    public async Task SendUntilTakenAsync(string path, byte[] body)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await SendAsync(HttpMethod.Post, path, body, CancellationToken.None);
                return;
            }
            catch (HttpRequestException conflict) when (conflict.StatusCode == HttpStatusCode.Conflict)
            {
                return;
            }
            catch (HttpRequestException missing) when (missing.StatusCode == HttpStatusCode.NotFound && attempt < MostAttempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200));
            }
        }
    }

    /// <summary>Reads a list, page after page, to nowhere.</summary>
    /// <returns>Bytes.</returns>
    public async Task<long> ListAsync(string path, CancellationToken cancellationToken)
    {
        var buffer = new byte[ReadSize];
        var next = "";
        long bytes = 0;
        do
        {
            using var response = await _http.GetAsync($"{path}?limit={PageSize}&continue={next}", HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            response.EnsureSuccessStatusCode();
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var length = await body.ReadAtLeastAsync(buffer, HeadSize, throwOnEndOfStream: false, cancellationToken);

            // API servers send the list's metadata before its items.
            next = Token().Match(Encoding.UTF8.GetString(buffer, 0, Math.Min(length, HeadSize))).Groups[1].Value;
            while (length > 0)
            {
                bytes += length;
                length = await body.ReadAsync(buffer, cancellationToken);
            }
        }
        while (next.Length > 0);
        return bytes;
    }

    public void Dispose() => _http.Dispose();

    private static SslClientAuthenticationOptions Tls(YamlMappingNode cluster, YamlMappingNode user)
    {
        var skips = cluster.Children.TryGetValue("insecure-skip-tls-verify", out var skip) && skip.ToString() == "true";
        var tls = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, errors) => skips || errors == SslPolicyErrors.None };
        if (cluster.Children.TryGetValue("certificate-authority-data", out var authority))
        {
            tls.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            tls.CertificateChainPolicy.CustomTrustStore.ImportFromPem(Decoded(authority));
        }

        if (user.Children.TryGetValue("client-certificate-data", out var certificate))
        {
            var pair = X509Certificate2.CreateFromPem(Decoded(certificate), Decoded(user["client-key-data"]));
            tls.ClientCertificateContext = SslStreamCertificateContext.Create(pair, null, offline: true);
        }

        return tls;
    }

    private static YamlNode Named(YamlNode list, YamlNode name) => ((YamlSequenceNode)list).First(entry => entry["name"].Equals(name));

    private static string Decoded(YamlNode base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64.ToString()));

    [GeneratedRegex("""
        "continue":"([^"]+)"
        """)]
    private static partial Regex Token();
}
