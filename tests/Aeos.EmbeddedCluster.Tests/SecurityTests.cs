using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Aeos.Embedded.Tests;

public sealed class SecurityTests
{
    [Fact]
    public async Task A_cluster_with_a_token_lets_in_whoever_has_it()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(new EmbeddedClusterOptions { BearerToken = "opensesame" });
        using var http = new HttpClient { BaseAddress = cluster.Address };
        using (var response = await http.GetAsync("/api/v1/nodes"))
        {
            response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await response.Content.ReadAsStringAsync()).ShouldContain("\"reason\":\"Unauthorized\"");
        }

        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "opensesame");
        using var allowed = await http.GetAsync("/api/v1/nodes");
        allowed.StatusCode.ShouldBe(HttpStatusCode.OK);
        cluster.BearerToken = "changed";
        using var late = await http.GetAsync("/api/v1/nodes");
        late.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        cluster.Kubeconfig.ShouldContain("token: \"opensesame\"");
        cluster.Kubeconfig.ShouldContain($"server: {cluster.Address.GetLeftPart(UriPartial.Authority)}");
    }

    [Fact]
    public async Task The_kubeconfigs_authority_and_client_certificate_are_what_the_server_wants()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(new EmbeddedClusterOptions { Tls = true, ClientCertificates = true });
        cluster.Address.Scheme.ShouldBe("https");
        using var authority = X509Certificate2.CreateFromPem(Field(cluster, "certificate-authority-data"));
        using var client = X509Certificate2.CreateFromPem(Field(cluster, "client-certificate-data"), Field(cluster, "client-key-data"));
        (await Get(cluster, authority, client)).ShouldBe(HttpStatusCode.OK);
        (await Get(cluster, authority, null)).ShouldBe(HttpStatusCode.Unauthorized);

        await using var other = await EmbeddedCluster.StartAsync(new EmbeddedClusterOptions { Tls = true });
        using var stranger = X509Certificate2.CreateFromPem(Field(other, "certificate-authority-data"));
        await Should.ThrowAsync<HttpRequestException>(() => Get(cluster, stranger, client));
    }

    private static async Task<HttpStatusCode> Get(EmbeddedCluster cluster, X509Certificate2 authority, X509Certificate2? client)
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(authority);
        if (client is not null)
        {
            handler.SslOptions.ClientCertificates = [client];
        }

        using var http = new HttpClient(handler) { BaseAddress = cluster.Address };
        using var response = await http.GetAsync("/api/v1/nodes");
        return response.StatusCode;
    }

    private static string Field(EmbeddedCluster cluster, string name)
    {
        var line = cluster.Kubeconfig.Split('\n').Single(l => l.Trim().StartsWith(name + ": ", StringComparison.Ordinal));
        return Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(": ")[1]));
    }
}
