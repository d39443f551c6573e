using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Aeos.Cli.Cluster;

/// <summary>Whose certificates are good enough to download from: the usual authorities', and those of some more.</summary>
/// <param name="authorities">Some more.</param>
/// <param name="isBlind">Whether any certificate will do.</param>
internal sealed class DownloadTrust(X509Certificate2Collection authorities, bool isBlind)
{
    /// <summary>The usual ones only.</summary>
    public static DownloadTrust Usual => new([], isBlind: false);

    /// <summary>Trusts the certificates in a PEM text, too. One that is none is passed over: it makes nothing trusted.</summary>
    public void Add(string pem)
    {
        try
        {
            authorities.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            // The server's certificate is refused then, with words about that.
        }
    }

    /// <summary>Whether a server's certificate is trusted.</summary>
    public bool Accepts(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (isBlind || errors == SslPolicyErrors.None)
        {
            return true;
        }

        // Only the authority may be another one; the name has to be right.
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 shown || authorities.Count == 0)
        {
            return false;
        }

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(authorities);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        foreach (var between in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            own.ChainPolicy.ExtraStore.Add(between.Certificate);
        }

        return own.Build(shown);
    }
}
