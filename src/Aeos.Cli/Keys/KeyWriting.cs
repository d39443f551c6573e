using System.Security.Cryptography;
using Aeos.Encryption.Keys;

namespace Aeos.Cli.Keys;

/// <summary>Writes a key in each format that <c>aeos keygen</c> knows.</summary>
internal static class KeyWriting
{
    /// <summary>The field of a Secret that holds the key, raw (seeds/client-side-encryption-proposal.md, encryptionKeySecretField).</summary>
    public const string SecretField = "encryptionKey";

    /// <summary>The lines of the seed's keygen.py, aligned as its README shows them, and the key's name.</summary>
    /// <param name="key">The key.</param>
    /// <param name="withKey">False for a key that is at hand already: then only what may be shown to others.</param>
    /// <param name="ascii">Whether the key is made of letters and is shown as such, too.</param>
    public static SecretText Text(WrappingKey key, bool withKey, bool ascii)
    {
        var text = new SecretText();
        if (ascii)
        {
            text.Append("Key    (ASCII)  :       ").Append(key.Bytes).Append("\n");
        }

        if (withKey)
        {
            text.Append("Key     (B64)   :       ").AppendBase64(key.Bytes).Append("\n");
        }

        return text
            .Append($"KeyHash (B64)   :       {KeyText.Hash(key)}\n")
            .Append($"Key name        :       {key.Name}\n");
    }

    /// <summary>The key's line, with a newline.</summary>
    public static SecretText Line(WrappingKey key)
    {
        var line = KeyText.FormatLine(key);
        try
        {
            return new SecretText().Append(line).Append("\n");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(line);
        }
    }

    /// <summary>Lines for the credentials file that <c>velero install --secret-file</c> takes.</summary>
    public static SecretText Env(WrappingKey key) => new SecretText()
        .Append("AZURE_STORAGE_ACCOUNT_ENCRYPTION_KEY=").AppendBase64(key.Bytes).Append("\n")
        .Append($"AZURE_STORAGE_ACCOUNT_ENCRYPTION_HASH={KeyText.Hash(key)}\n");

    /// <summary>A Secret manifest with the raw key in <see cref="SecretField"/>. The names were checked: they need no quotes but for numbers and the like.</summary>
    public static SecretText Secret(WrappingKey key, string name, string namespaceName) => new SecretText()
        .Append("apiVersion: v1\nkind: Secret\nmetadata:\n")
        .Append($"  name: \"{name}\"\n  namespace: \"{namespaceName}\"\n")
        .Append($"  annotations:\n    aeos.io/key-name: \"{key.Name}\"\n")
        .Append($"type: Opaque\ndata:\n  {SecretField}: \"").AppendBase64(key.Bytes).Append("\"\n");

    /// <summary>The bytes themselves.</summary>
    public static SecretText Raw(WrappingKey key) => new SecretText().Append(key.Bytes);
}
