using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Aeos.Kubernetes.Errors;

namespace Aeos.Kubernetes.Authentication;

/// <summary>A client certificate with its key and the intermediates that came with it, ready for TLS.</summary>
internal sealed class ClientCertificate
{
    private ClientCertificate(SslStreamCertificateContext context) => Context = context;

    public SslStreamCertificateContext Context { get; }

    /// <summary>Reads PEM text: RSA, EC or PKCS #8 keys, not encrypted; certificates beyond the first are intermediates.</summary>
    /// <param name="certificatePem">The certificates.</param>
    /// <param name="keyPem">The key. It is not kept as text.</param>
    /// <param name="origin">What the two are, for the error: a file and an entry.</param>
    /// <exception cref="KubernetesException">They are not what they should be.</exception>
    public static ClientCertificate Read(string certificatePem, string keyPem, string origin)
    {
        try
        {
            var leaf = X509Certificate2.CreateFromPem(certificatePem, keyPem);
            if (OperatingSystem.IsWindows())
            {
                // Windows' TLS cannot use a key that lives in memory only.
                using var ephemeral = leaf;
                leaf = X509CertificateLoader.LoadPkcs12(ephemeral.Export(X509ContentType.Pfx), null);
            }

            var all = new X509Certificate2Collection();
            all.ImportFromPem(certificatePem);
            return new ClientCertificate(SslStreamCertificateContext.Create(leaf, [.. all.Skip(1)], offline: true));
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            // The inner message names the rule and never the key.
            throw new KubernetesException(
                $"{origin}: client certificate and key are not a pair of PEM texts ({failure.Message.TrimEnd('.')})",
                "Give a PEM certificate and its unencrypted RSA, EC or PKCS #8 key.");
        }
    }
}
