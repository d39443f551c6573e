using System.Xml;
using Aeos.ObjectStore.Azure.Http;

namespace Aeos.ObjectStore.Azure.Signing;

/// <summary>A key that the service gives an identity to sign URLs with ("Get User Delegation Key" in its REST reference).</summary>
/// <param name="ObjectId">Whose it is.</param>
/// <param name="TenantId">The identity's tenant.</param>
/// <param name="Starts">From when on, as the service wrote it.</param>
/// <param name="Expires">Until when, as the service wrote it.</param>
/// <param name="Service">For which service: <c>b</c>.</param>
/// <param name="Version">Of the interface that gave it.</param>
/// <param name="Key">The key.</param>
internal sealed record UserDelegationKey(
    string ObjectId, string TenantId, string Starts, string Expires, string Service, string Version, AccountKey Key) : IDisposable
{
    /// <summary>Reads the service's answer.</summary>
    /// <exception cref="XmlException">It is no such key.</exception>
    public static async Task<UserDelegationKey> ReadAsync(Stream body)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        using var reader = XmlReader.Create(body, ServiceXml.Settings);
        var more = await reader.ReadAsync().ConfigureAwait(false);
        while (more)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Depth == 1)
            {
                var name = reader.Name;
                fields[name] = await reader.ReadElementContentAsStringAsync().ConfigureAwait(false);
                continue;
            }

            more = await reader.ReadAsync().ConfigureAwait(false);
        }

        return new UserDelegationKey(
            Field("SignedOid"), Field("SignedTid"), Field("SignedStart"), Field("SignedExpiry"), Field("SignedService"), Field("SignedVersion"),
            AccountKey.Parse(Field("Value"), "the user delegation key"));

        string Field(string name) => fields.GetValueOrDefault(name) ?? throw new XmlException($"The user delegation key has no {name}.");
    }

    /// <inheritdoc/>
    public void Dispose() => Key.Dispose();
}
