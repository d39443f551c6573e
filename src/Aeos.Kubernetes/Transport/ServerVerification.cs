using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Aeos.Kubernetes.Configuration;

namespace Aeos.Kubernetes.Transport;

/// <summary>
/// Checks the API server's certificate against the cluster's own authorities. Like Go, and unlike the BCL by itself, it takes an intermediate as
/// authority: kubeconfigs are made that way.
/// </summary>
internal sealed class ServerVerification(ClusterConnection connection)
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    /// <summary>Why the last certificate was refused, for the error.</summary>
    public string? LastRefusal { get; private set; }

    public bool Verify(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (connection.SkipsVerification)
        {
            return true;
        }

        LastRefusal = Judge(certificate as X509Certificate2, chain, errors);
        return LastRefusal is null;
    }

    private string? Judge(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return "it shows no certificate";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return "its certificate is for another name (tls-server-name sets the one to expect)";
        }

        if (connection.Authorities is { } authorities)
        {
            return JudgeChain(certificate, chain, authorities);
        }

        return errors == SslPolicyErrors.None ? null : "its certificate is not signed by an authority that this system knows (certificate-authority sets another)";
    }

    private static string? JudgeChain(X509Certificate2 certificate, X509Chain? sent, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        // Where the chain ends is judged below: it may end at an intermediate that is trusted itself.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        var holds = chain.Build(certificate);
        var isTrusted = chain.ChainElements.Any(element => authorities.Any(
            authority => authority.RawDataMemory.Span.SequenceEqual(element.Certificate.RawDataMemory.Span)));
        return !isTrusted ? "its certificate is not signed by the cluster's certificate-authority"
            : holds ? null
            : $"its certificate does not hold: {string.Join(", ", chain.ChainStatus.Select(status => status.Status).Distinct())}";
    }
}
