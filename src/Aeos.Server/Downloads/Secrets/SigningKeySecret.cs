using System.Security.Cryptography;
using Aeos.Kubernetes;
using Aeos.Server.Downloads.Addresses;

namespace Aeos.Server.Downloads.Secrets;

/// <summary>The key that addresses are signed with: random, made by the first server that needs it, and the same for all servers of a namespace.</summary>
internal static class SigningKeySecret
{
    /// <summary>The Secret's name.</summary>
    public const string Name = "aeos-downloads-key";

    /// <summary>The Secret's field: 32 bytes.</summary>
    public const string Field = "signingKey";

    /// <exception cref="AeosException">The Secret cannot be read or made, or holds something else.</exception>
    public static async Task<AddressSigner> LoadAsync(KubernetesClient cluster, string @namespace, CancellationToken cancellationToken)
    {
        var secret = new OwnSecret(cluster, @namespace, Name, "Opaque", Field);
        var fields = await secret.EnsureAsync(
            static found => found is null ? new SecretFields { [Field] = RandomNumberGenerator.GetBytes(AddressSigner.KeyLength) } : null, cancellationToken).ConfigureAwait(false);
        if (fields[Field] is not { Length: AddressSigner.KeyLength } key)
        {
            throw secret.Unusable($"does not hold {AddressSigner.KeyLength} bytes in its field {Field}");
        }

        try
        {
            return new AddressSigner(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
