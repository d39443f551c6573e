namespace Aeos.Backup.Keys;

/// <summary>Fetches an encryption key from where it is kept; the proposal's <c>KeyRetriever</c>.</summary>
public interface IKeyRetriever
{
    /// <summary>The kind of source, as <c>status.encryption.keyRetrieverType</c> has it.</summary>
    string Type { get; }

    /// <summary>What another retriever of this type needs to find the key again: names, never the key.</summary>
    IReadOnlyDictionary<string, string> Config { get; }

    /// <summary>Fetches the key.</summary>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The key, which the caller disposes, and a warning when it is weak; otherwise null.</returns>
    /// <exception cref="AeosException">There is no such key, or it cannot be used: says which and what to do.</exception>
    Task<RetrievedKey> GetKeyAsync(CancellationToken cancellationToken);
}
