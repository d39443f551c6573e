using System.Net.Security;
using System.Security.Cryptography;
using System.Text;
using Aeos.Kubernetes;
using Aeos.Server.Downloads.Secrets;
using Aeos.Server.Downloads.Serving;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Downloads.Certificates;

/// <summary>
/// A certificate that the servers of a namespace make for themselves and share in a Secret, with an authority of its own: <c>ca.crt</c> is for those who download with
/// <c>--cacert</c>. It is renewed in time under the same authority; other names make another authority.
/// </summary>
internal sealed class SecretCertificate(KubernetesClient cluster, string @namespace, CertificateNames names, TimeProvider time, ILogger log) : ICertificateSource
{
    /// <summary>The Secret's name.</summary>
    public const string SecretName = "aeos-downloads-tls";

    private const string Certificate = "tls.crt";
    private const string Key = "tls.key";
    private const string Authority = "ca.crt";
    private const string AuthorityKey = "ca.key";

    private readonly OwnSecret _secret = new(cluster, @namespace, SecretName, "kubernetes.io/tls", Certificate, Key, Authority, AuthorityKey);

    public async Task<SslStreamCertificateContext> LoadAsync(CancellationToken cancellationToken)
    {
        var isNew = false;
        var fields = await _secret.EnsureAsync(found => Decide(found, out isNew), cancellationToken).ConfigureAwait(false);
        if (isNew)
        {
            DownloadLog.NewAuthority(log, @namespace, SecretName);
        }

        return CertificatePem.Read(fields.Text(Certificate), fields.Text(Key), $"the fields {Certificate} and {Key} of the Secret {_secret.Title}");
    }

    private SecretFields? Decide(SecretFields? found, out bool isNew)
    {
        var now = time.GetUtcNow();
        isNew = found is null;
        if (found is null)
        {
            return Fields(IssuedCertificate.Create(names, now));
        }

        // Somebody put a certificate of an authority of his own there: it is taken as it is.
        if (found[AuthorityKey] is null)
        {
            return null;
        }

        try
        {
            var last = new IssuedCertificate(found.Text(Certificate), found.Text(Key), found.Text(Authority), found.Text(AuthorityKey));
            if (last.IsGoodFor(names, now))
            {
                return null;
            }

            var next = last.Renew(names, now);
            isNew = next.Authority != last.Authority;
            return Fields(next);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            throw _secret.Unusable("does not hold the certificate that the server made");
        }
    }

    private static SecretFields Fields(IssuedCertificate issued) => new()
    {
        [Certificate] = Encoding.UTF8.GetBytes(issued.Certificate),
        [Key] = Encoding.UTF8.GetBytes(issued.Key),
        [Authority] = Encoding.UTF8.GetBytes(issued.Authority),
        [AuthorityKey] = Encoding.UTF8.GetBytes(issued.AuthorityKey),
    };
}
