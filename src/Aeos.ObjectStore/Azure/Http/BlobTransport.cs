using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core.Pipeline;

namespace Aeos.ObjectStore.Azure.Http;

/// <summary>Makes the connections, with the location's own certificate authorities besides those of the system.</summary>
internal static class BlobTransport
{
    /// <summary>Opens a transport. The store and its token credential share it.</summary>
    /// <param name="authorities">Certificates to trust besides the system's; may be empty.</param>
    public static HttpClientTransport Create(X509Certificate2Collection authorities)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(20),
            // The service's addresses change: a long-lived process looks them up again.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (authorities.Count > 0)
        {
            handler.SslOptions.RemoteCertificateValidationCallback =
                (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors, authorities);
        }

        // Time-outs are the pipeline's business: it knows when bytes still move.
        return new HttpClientTransport(new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan });
    }

    private static bool IsTrusted(X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors, X509Certificate2Collection authorities)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        // A name that does not match, or no certificate at all, is never made good by an authority.
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 server)
        {
            return false;
        }

        // One after the other: of two authorities with the same name, as after a renewal, a chain with both may try only the first.
        return authorities.Any(authority => IsIssuedUnder(authority, server, presented, authorities));
    }

    private static bool IsIssuedUnder(X509Certificate2 authority, X509Certificate2 server, X509Chain? presented, X509Certificate2Collection others)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        // A bundle may hold intermediate certificates, too.
        chain.ChainPolicy.ExtraStore.AddRange(others);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        // id-kp-serverAuth
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        foreach (var element in presented?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(server);
    }
}
