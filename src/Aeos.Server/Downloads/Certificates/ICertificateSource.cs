using System.Net.Security;

namespace Aeos.Server.Downloads.Certificates;

/// <summary>Where the endpoint's certificate is kept.</summary>
internal interface ICertificateSource
{
    /// <summary>Reads the certificate as it is now, with its key and what leads to its authority.</summary>
    /// <exception cref="AeosException">There is none, or none that can be used.</exception>
    Task<SslStreamCertificateContext> LoadAsync(CancellationToken cancellationToken);
}
