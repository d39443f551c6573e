using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Aeos.Kubernetes.Errors;

namespace Aeos.Kubernetes.Configuration;

/// <summary>Reads the authorities that a cluster's certificate is checked against.</summary>
internal static class Authorities
{
    private const string Remedy = "Put the cluster's CA certificate there, as PEM.";

    public static X509Certificate2Collection ReadFile(string path, string origin)
        => Read(ConfigurationFile.ReadText(path, $"{origin}: certificate-authority"), $"{origin}: certificate-authority {path}");

    public static X509Certificate2Collection Read(string pem, string origin)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(pem);
        }
        catch (CryptographicException failure)
        {
            throw new KubernetesException($"{origin} holds a certificate that cannot be read", Remedy, failure);
        }

        return authorities.Count > 0 ? authorities : throw new KubernetesException($"{origin} holds no PEM certificate", Remedy);
    }
}
