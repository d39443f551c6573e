using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Aeos.Server.Downloads.Certificates;

/// <summary>The names that the endpoint is reached under.</summary>
internal sealed record CertificateNames(IReadOnlyList<string> Dns, IReadOnlyList<IPAddress> Addresses)
{
    /// <summary>The Service's names, this machine for a forwarded port, and the host of the address that clients are given.</summary>
    public static CertificateNames Of(string service, string @namespace, Uri url)
    {
        List<string> dns = [service, $"{service}.{@namespace}", $"{service}.{@namespace}.svc", $"{service}.{@namespace}.svc.cluster.local", "localhost"];
        List<IPAddress> addresses = [IPAddress.Loopback, IPAddress.IPv6Loopback];
        if (url.HostNameType == UriHostNameType.Dns)
        {
            dns.Add(url.IdnHost);
        }
        else if (IPAddress.TryParse(url.DnsSafeHost, out var address))
        {
            addresses.Add(address);
        }

        return new CertificateNames([.. dns.Distinct(StringComparer.OrdinalIgnoreCase)], [.. addresses.Distinct()]);
    }

    /// <summary>Whether a certificate is for all of these names.</summary>
    public bool AreIn(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().ToList();
        return Dns.All(name => names.SelectMany(static found => found.EnumerateDnsNames()).Contains(name, StringComparer.OrdinalIgnoreCase))
            && Addresses.All(address => names.SelectMany(static found => found.EnumerateIPAddresses()).Contains(address));
    }

    /// <summary>As a certificate has them.</summary>
    public X509Extension ToExtension()
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in Dns)
        {
            names.AddDnsName(name);
        }

        foreach (var address in Addresses)
        {
            names.AddIpAddress(address);
        }

        return names.Build();
    }
}
