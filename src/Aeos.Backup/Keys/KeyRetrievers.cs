namespace Aeos.Backup.Keys;

/// <summary>Finds the retriever for what a backup's document says of its key.</summary>
public static class KeyRetrievers
{
    /// <summary>The types that are known.</summary>
    public static IReadOnlyList<string> Types { get; } = [SecretKeyRetriever.TypeName, FileKeyRetriever.TypeName];

    /// <summary>Makes a retriever; nothing is read yet.</summary>
    /// <param name="type">The type, as <c>keyRetrieverType</c> has it.</param>
    /// <param name="config">Its configuration, as <c>keyRetrieverConfig</c> has it.</param>
    /// <param name="scope">What may be read at all.</param>
    /// <exception cref="KeySourceException">An unknown type, a configuration that lacks something or leads out of the scope.</exception>
    public static IKeyRetriever For(string? type, IReadOnlyDictionary<string, string>? config, KeyScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        config ??= new Dictionary<string, string>();
        return type switch
        {
            SecretKeyRetriever.TypeName => SecretKeyRetriever.FromConfig(config, scope),
            FileKeyRetriever.TypeName => FileKeyRetriever.FromConfig(config, scope),
            _ => throw new KeySourceException(
                $"there is no key retriever of type \"{type}\"; the known ones are {string.Join(" and ", Types)}",
                "Give the key yourself with --encryption-key-file, if you trust the bucket."),
        };
    }
}
