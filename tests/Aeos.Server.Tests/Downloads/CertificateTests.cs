using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Aeos.Server.Downloads.Certificates;

namespace Aeos.Server.Tests.Downloads;

public class CertificateTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly CertificateNames Names = CertificateNames.Of("aeos-downloads", "velero", new Uri("https://backup.example.org:444/x"));

    [Fact]
    public void A_certificate_is_for_the_Service_for_a_forwarded_port_and_for_the_address_that_clients_are_given()
    {
        var issued = IssuedCertificate.Create(Names, Now);
        using var own = X509Certificate2.CreateFromPem(issued.Certificate);

        foreach (var name in (string[])["aeos-downloads", "aeos-downloads.velero", "aeos-downloads.velero.svc", "aeos-downloads.velero.svc.cluster.local", "localhost", "backup.example.org", "127.0.0.1", "::1"])
        {
            own.MatchesHostname(name).ShouldBeTrue(name);
        }

        own.MatchesHostname("aeos-downloads.other.svc").ShouldBeFalse();
        Trusts(issued.Authority, own).ShouldBeTrue();
        Trusts(IssuedCertificate.Create(Names, Now).Authority, own).ShouldBeFalse();
    }

    [Fact]
    public void With_an_authority_nobody_can_pass_for_another_host()
    {
        var issued = IssuedCertificate.Create(Names, Now);
        using var authority = X509Certificate2.CreateFromPem(issued.Authority, issued.AuthorityKey);

        using var allowed = Forge(authority, static names => names.AddDnsName("aeos-downloads.velero.svc"));
        using var other = Forge(authority, static names => names.AddDnsName("store.example.org"));
        using var address = Forge(authority, static names => names.AddIpAddress(IPAddress.Parse("192.0.2.1")));

        Trusts(issued.Authority, allowed).ShouldBeTrue();
        Trusts(issued.Authority, other).ShouldBeFalse();
        Trusts(issued.Authority, address).ShouldBeFalse();
    }

    [Fact]
    public void A_certificate_is_renewed_under_the_authority_that_people_have()
    {
        var issued = IssuedCertificate.Create(Names, Now);
        issued.IsGoodFor(Names, Now).ShouldBeTrue();
        issued.IsGoodFor(Names, Now.AddDays(300)).ShouldBeTrue();
        issued.IsGoodFor(Names, Now.AddDays(306)).ShouldBeFalse();

        var next = issued.Renew(Names, Now.AddDays(306));

        next.Authority.ShouldBe(issued.Authority);
        next.Certificate.ShouldNotBe(issued.Certificate);
        next.IsGoodFor(Names, Now.AddDays(600)).ShouldBeTrue();
    }

    [Fact]
    public void Other_names_and_the_authoritys_own_end_make_a_new_authority()
    {
        var issued = IssuedCertificate.Create(Names, Now);
        var others = CertificateNames.Of("aeos-downloads", "velero", new Uri("https://other.example.org"));

        issued.IsGoodFor(others, Now).ShouldBeFalse();
        issued.Renew(others, Now).Authority.ShouldNotBe(issued.Authority);
        issued.Renew(Names, Now.AddDays(3300)).Authority.ShouldNotBe(issued.Authority);
    }

    [Fact]
    public async Task Files_are_taken_as_a_mounted_Secret_has_them()
    {
        var issued = IssuedCertificate.Create(Names, Now);
        var folder = Directory.CreateTempSubdirectory("aeos-certificate-").FullName;
        try
        {
            var (certificate, key) = (Path.Combine(folder, "tls.crt"), Path.Combine(folder, "tls.key"));
            var files = new FileCertificate(certificate, key);
            (await Should.ThrowAsync<AeosException>(() => files.LoadAsync(default))).Message.ShouldContain("tls.crt");

            await File.WriteAllTextAsync(certificate, issued.Certificate + "\n" + issued.Authority);
            await File.WriteAllTextAsync(key, issued.Key);
            (await files.LoadAsync(default)).TargetCertificate.ExportCertificatePem().ShouldBe(issued.Certificate);

            await File.WriteAllTextAsync(key, issued.AuthorityKey);
            await Should.ThrowAsync<AeosException>(() => files.LoadAsync(default));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static X509Certificate2 Forge(X509Certificate2 authority, Action<SubjectAlternativeNameBuilder> name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=forged", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        name(names);
        request.CertificateExtensions.Add(names.Build());
        return request.Create(authority, Now, Now.AddDays(1), [1, 2, 3]);
    }

    private static bool Trusts(string authority, X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = Now.UtcDateTime.AddHours(1);
        return chain.Build(certificate);
    }
}
