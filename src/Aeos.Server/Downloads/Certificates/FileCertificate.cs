using System.Net.Security;

namespace Aeos.Server.Downloads.Certificates;

/// <summary>A certificate in two files, as a mounted Secret of the type <c>kubernetes.io/tls</c> has them.</summary>
/// <param name="certificateFile">The certificate and those that lead to its authority, PEM.</param>
/// <param name="keyFile">Its key, PEM.</param>
internal sealed class FileCertificate(string certificateFile, string keyFile) : ICertificateSource
{
    public async Task<SslStreamCertificateContext> LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var chain = await File.ReadAllTextAsync(certificateFile, cancellationToken).ConfigureAwait(false);
            var key = await File.ReadAllTextAsync(keyFile, cancellationToken).ConfigureAwait(false);
            return CertificatePem.Read(chain, key, $"\"{certificateFile}\" and \"{keyFile}\"");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AeosException($"the download endpoint's certificate cannot be read: {failure.Message}", "Mount the Secret that has it, and name its files.", failure);
        }
    }
}
