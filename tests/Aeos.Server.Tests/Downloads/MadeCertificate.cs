using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Aeos.Server.Downloads.Certificates;

namespace Aeos.Server.Tests.Downloads;

/// <summary>A certificate for this machine, and clients that trust its authority and nobody else.</summary>
internal sealed class MadeCertificate : ICertificateSource
{
    private static readonly CertificateNames Names = CertificateNames.Of("aeos-downloads", "velero", new Uri("https://aeos-downloads.velero.svc:8443"));

    private readonly IssuedCertificate _issued = IssuedCertificate.Create(Names, DateTimeOffset.UtcNow);

    public Task<SslStreamCertificateContext> LoadAsync(CancellationToken cancellationToken)
        => Task.FromResult(CertificatePem.Read(_issued.Certificate, _issued.Key, "memory"));

    public SslClientAuthenticationOptions ClientOptions() => TrustOnly(_issued.Authority);

    public static SslClientAuthenticationOptions TrustOnly(string authority)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(authority);
        return new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = policy };
    }
}
