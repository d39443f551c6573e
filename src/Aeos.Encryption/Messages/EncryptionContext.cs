namespace Aeos.Encryption.Messages;

/// <summary>
/// The encryption context: authenticated, not secret, pairs of text that travel in a message's header. Immutable, no duplicate
/// keys, serialised in the order of the keys' UTF-8 bytes (message format, "Key Value Pairs").
/// </summary>
public sealed class EncryptionContext
{
    /// <summary>The pair that binds a message to an object: its key relative to the location's prefix.</summary>
    public const string ObjectKey = "object";

    /// <summary>The pair that keeps clusters that share a key apart.</summary>
    public const string DomainKey = "domain";

    /// <summary>No pairs.</summary>
    public static EncryptionContext Empty => throw new NotImplementedException();

    /// <summary>The pairs, in the order of their keys' UTF-8 bytes.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs => throw new NotImplementedException();

    /// <summary>Makes a context.</summary>
    /// <exception cref="AeosException">A key twice or empty, text that is not valid Unicode, a reserved prefix <c>aws-crypto-</c>, or more than fits a header.</exception>
    public static EncryptionContext Create(IEnumerable<KeyValuePair<string, string>> pairs) => throw new NotImplementedException();

    /// <summary>Looks a value up.</summary>
    public bool TryGetValue(string key, out string? value) => throw new NotImplementedException();
}
