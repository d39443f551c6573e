using System.Security.Cryptography;
using System.Text;
using Aeos.ObjectStore.Locations;

namespace Aeos.ObjectStore.Azure.Signing;

/// <summary>A storage account's key, or a user delegation key: it signs text with HMAC-SHA-256.</summary>
internal sealed class AccountKey : IDisposable
{
    private readonly byte[] _key;

    private AccountKey(byte[] key) => _key = key;

    /// <summary>Reads a key as the portal shows it.</summary>
    /// <param name="base64">The key's text; never repeated in an error.</param>
    /// <param name="name">Where it came from, for the error.</param>
    /// <exception cref="LocationRefusedException">It is not base64.</exception>
    public static AccountKey Parse(string base64, string name)
    {
        var key = GC.AllocateUninitializedArray<byte>((base64.Length / 4 * 3) + 3, pinned: true);
        try
        {
            if (!Convert.TryFromBase64String(base64.Trim(), key, out var length) || length == 0)
            {
                throw new LocationRefusedException(
                    $"{name} does not hold a storage account key: a key is base64",
                    "Copy key1 or key2 of the storage account as \"az storage account keys list\" prints it.");
            }

            var exact = GC.AllocateUninitializedArray<byte>(length, pinned: true);
            key.AsSpan(0, length).CopyTo(exact);
            return new AccountKey(exact);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>The base64 HMAC-SHA-256 of the text's UTF-8 bytes.</summary>
    public string Sign(string text) => Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_key);
}
