using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Aeos.ObjectStore.Locations;

namespace Aeos.ObjectStore.Azure.Identity;

/// <summary>Reads a service principal's certificate with its key: PEM (both in one file), or PKCS #12.</summary>
internal static class ClientCertificate
{
    /// <summary>Loads it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="password">Of the key; null when it has none.</param>
    /// <exception cref="LocationRefusedException">The file cannot be read, or holds no certificate with its key.</exception>
    public static X509Certificate2 Load(string path, string? password)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocationRefusedException(
                $"AZURE_CLIENT_CERTIFICATE_PATH names {path}, which cannot be read", "Mount the certificate there, readable for this process.", e);
        }

        try
        {
            var text = System.Text.Encoding.Latin1.GetString(bytes);
            if (!text.Contains("-----BEGIN", StringComparison.Ordinal))
            {
                return X509CertificateLoader.LoadPkcs12(bytes, password);
            }

            return password is null ? X509Certificate2.CreateFromPem(text, text) : X509Certificate2.CreateFromEncryptedPem(text, text, password);
        }
        catch (CryptographicException e)
        {
            throw new LocationRefusedException(
                $"{path} holds no certificate with its private key that can be read",
                "Put certificate and key into one PEM file, or into a PKCS #12 file; a password goes into AZURE_CLIENT_CERTIFICATE_PASSWORD.",
                e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
