using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Aeos.ObjectStore.Azure.Tests.Tls;

/// <summary>A certificate authority of the tests, and one server certificate of it for 127.0.0.1.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _authority;
    private readonly X509Certificate2 _server;

    public TestAuthority(string address = "127.0.0.1")
    {
        var now = DateTimeOffset.UtcNow;
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=Authority of a test", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = authority.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));

        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest("CN=Server of a test", serverKey, HashAlgorithmName.SHA256);
        server.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        server.CertificateExtensions.Add(names.Build());
        using var issued = server.Create(_authority, now.AddDays(-1), now.AddDays(1), RandomNumberGenerator.GetBytes(8));
        _server = issued.CopyWithPrivateKey(serverKey);
    }

    /// <summary>What a location has as caCert.</summary>
    public string Pem => _authority.ExportCertificatePem();

    /// <summary>The server's certificate with its key.</summary>
    public X509Certificate2 Server => _server;

    /// <summary>Writes the server's certificate and key for a server that reads files.</summary>
    public (string Certificate, string Key) WriteServer(string folder)
    {
        var (certificate, key) = (Path.Combine(folder, "server.pem"), Path.Combine(folder, "server.key"));
        File.WriteAllText(certificate, _server.ExportCertificatePem());
        File.WriteAllText(key, _server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return (certificate, key);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _server.Dispose();
    }
}
