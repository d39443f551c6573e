using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Aeos.ObjectStore.Locations;

namespace Aeos.ObjectStore.Azure.Http;

/// <summary>Reads the location's <c>caCert</c>: certificates in PEM, one or many.</summary>
internal static class CertificateBundle
{
    /// <summary>The certificates; none when the setting is absent or empty.</summary>
    /// <exception cref="LocationRefusedException">It holds no certificate, or one that cannot be read.</exception>
    public static X509Certificate2Collection Parse(string? pem)
    {
        var certificates = new X509Certificate2Collection();
        if (string.IsNullOrWhiteSpace(pem))
        {
            return certificates;
        }

        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw Refused("holds a certificate that cannot be read", e);
        }

        return certificates.Count > 0 ? certificates : throw Refused("holds no certificate", null);
    }

    private static LocationRefusedException Refused(string what, Exception? e) =>
        new($"caCert {what}", "Give the certificate authority's certificates in PEM: the lines from BEGIN CERTIFICATE to END CERTIFICATE.", e);
}
