using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Aeos.Server.Downloads.Certificates;

/// <summary>Reads certificates and keys from PEM.</summary>
internal static class CertificatePem
{
    /// <summary>What a server shows: the first certificate with its key, and the others, which lead from it to an authority.</summary>
    /// <param name="chain">Certificates, PEM, the server's own first.</param>
    /// <param name="key">Its key, PEM, not encrypted.</param>
    /// <param name="place">Where they come from, for the error.</param>
    /// <exception cref="AeosException">They are no certificate and its key.</exception>
    public static SslStreamCertificateContext Read(ReadOnlySpan<char> chain, ReadOnlySpan<char> key, string place)
    {
        try
        {
            var own = X509Certificate2.CreateFromPem(chain, key);
            var others = new X509Certificate2Collection();
            others.ImportFromPem(chain);
            others.RemoveAt(0);
            return SslStreamCertificateContext.Create(own, others, offline: true);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            throw new AeosException(
                $"{place} hold no certificate with its key", "Put a PEM certificate, with those that lead to its authority behind it, and its unencrypted PEM key there.", failure);
        }
    }
}
