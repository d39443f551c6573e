using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Aeos.Cli.Cluster;

/// <summary>A file of certificates to trust.</summary>
internal static class CertificateFile
{
    /// <summary>Reads it, and sees that it is one: a wrong file would be noticed only when nothing is trusted.</summary>
    /// <param name="path">The file.</param>
    /// <param name="option">The option that names it.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>PEM.</returns>
    /// <exception cref="AeosException">It holds no certificates.</exception>
    public static async Task<string> ReadAsync(string path, string option, CancellationToken cancellationToken)
    {
        var pem = await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            // Said below.
        }

        return certificates.Count > 0 ? pem : throw new AeosException($"{path} holds no certificates in PEM", $"Give {option} the file of the certificates to trust.");
    }
}
