using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Aeos.Embedded.Security;

/// <summary>The cluster's own authority, the server's certificate for 127.0.0.1 and localhost, and one client's.</summary>
internal sealed class ClusterCertificates : IDisposable
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    private const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2 _authority;

    public ClusterCertificates(TimeProvider time)
    {
        var from = time.GetUtcNow().AddHours(-1);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=kubernetes", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.DigitalSignature, true));
        _authority = request.CreateSelfSigned(from, from.AddDays(30));

        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        names.AddDnsName("kubernetes.default.svc");
        (Server, _) = Issue("CN=kube-apiserver", ServerUsage, from, names);
        (var client, ClientKeyPem) = Issue("CN=kubernetes-admin, O=system:masters", ClientUsage, from, null);
        ClientPem = client.ExportCertificatePem();
        client.Dispose();
    }

    public X509Certificate2 Server { get; }

    public string AuthorityPem => _authority.ExportCertificatePem();

    public string ClientPem { get; }

    public string ClientKeyPem { get; }

    public bool Issued(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }

    public void Dispose()
    {
        _authority.Dispose();
        Server.Dispose();
    }

    private (X509Certificate2 Certificate, string KeyPem) Issue(string name, string usage, DateTimeOffset from, SubjectAlternativeNameBuilder? alternatives)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        if (alternatives is not null)
        {
            request.CertificateExtensions.Add(alternatives.Build());
        }

        using var certificate = request.Create(_authority, from, from.AddDays(29), RandomNumberGenerator.GetBytes(16));
        return (certificate.CopyWithPrivateKey(key), key.ExportPkcs8PrivateKeyPem());
    }
}
