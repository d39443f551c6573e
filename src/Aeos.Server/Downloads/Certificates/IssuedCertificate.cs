using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Aeos.Server.Downloads.Certificates;

/// <summary>A certificate that the server made for itself, with the authority that it made for that: four texts, PEM. The keys among them are secrets.</summary>
internal sealed record IssuedCertificate(string Certificate, string Key, string Authority, string AuthorityKey)
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";

    private static readonly TimeSpan AuthorityLifetime = TimeSpan.FromDays(3650);
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);
    private static readonly TimeSpan RenewedBefore = TimeSpan.FromDays(60);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromHours(1);

    /// <summary>A new authority and a certificate of it.</summary>
    public static IssuedCertificate Create(CertificateNames names, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var serial = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var request = new CertificateRequest($"CN=aeos downloads {serial}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(NameConstraints.For(names));
        using var authority = request.CreateSelfSigned(now - ClockSkew, now + AuthorityLifetime);
        return Issue(authority, key.ExportPkcs8PrivateKeyPem(), names, now);
    }

    /// <summary>Whether it is good for these names, and for a while yet.</summary>
    public bool IsGoodFor(CertificateNames names, DateTimeOffset now)
    {
        using var own = X509Certificate2.CreateFromPem(Certificate);
        return names.AreIn(own) && now >= own.NotBefore && now < own.NotAfter - RenewedBefore;
    }

    /// <summary>A new certificate of the same authority when that is good for it; else of a new one.</summary>
    public IssuedCertificate Renew(CertificateNames names, DateTimeOffset now)
    {
        using var last = X509Certificate2.CreateFromPem(Certificate);
        using var authority = X509Certificate2.CreateFromPem(Authority, AuthorityKey);

        // The authority is bound to the names that the last certificate has.
        return names.AreIn(last) && now >= authority.NotBefore && now + Lifetime < authority.NotAfter
            ? Issue(authority, AuthorityKey, names, now)
            : Create(names, now);
    }

    private static IssuedCertificate Issue(X509Certificate2 authority, string authorityKey, CertificateNames names, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=aeos downloads", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerUsage)], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        request.CertificateExtensions.Add(names.ToExtension());
        using var certificate = request.Create(authority, now - ClockSkew, now + Lifetime, RandomNumberGenerator.GetBytes(16));
        return new IssuedCertificate(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem(), authority.ExportCertificatePem(), authorityKey);
    }
}
