using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Aeos.GoPlugin.Tls;

/// <summary>
/// A side's identity for one process's life (go-plugin's AutoMTLS, <c>mtls.go</c>): a self-signed ECDSA P-521 certificate for <c>localhost</c>
/// whose key never leaves the process.
/// </summary>
internal static class OneTimeCertificate
{
    /// <summary>The name that both sides ask for.</summary>
    public const string HostName = "localhost";

    // As in mtls.go: clocks on one machine may still differ a little between containers, and no process lives for thirty years.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Validity = TimeSpan.FromHours(262_980);

    /// <summary>Makes a certificate with its private key.</summary>
    public static X509Certificate2 Create(TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP521);
        var request = new CertificateRequest($"O=HashiCorp, CN={HostName}", key, HashAlgorithmName.SHA512);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(HostName);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.KeyAgreement | X509KeyUsageFlags.KeyCertSign,
            critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid("1.3.6.1.5.5.7.3.2"), new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));

        var now = time.GetUtcNow();
        return request.CreateSelfSigned(now - ClockSkew, now + Validity);
    }

    /// <summary>Accepts exactly one certificate: the one that came through the handshake. TLS itself proves that the peer has its key.</summary>
    public static RemoteCertificateValidationCallback Pinned(X509Certificate2 expected) =>
        (_, presented, _, _) => presented is X509Certificate2 certificate && certificate.RawDataMemory.Span.SequenceEqual(expected.RawDataMemory.Span);

    /// <summary>Trusts nothing but the one certificate, and looks nowhere else: no system store, no home folder, no network.</summary>
    public static X509ChainPolicy TrustOnly(X509Certificate2 expected) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { expected },
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };
}
