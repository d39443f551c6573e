using Aeos.Backup.Keys;
using Aeos.Encryption.Keys;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Restores.Reading;

/// <summary>The keys that a backup may be read with: those that the user gave, those of the location, and the one that the backup's document points to.</summary>
/// <param name="given">Keys at hand. Not taken over.</param>
/// <param name="scope">Where the document may point to.</param>
public sealed class ReadKeys(IReadOnlyList<WrappingKey> given, KeyScope scope)
{
    /// <summary>Puts the keyring together. The caller disposes it.</summary>
    /// <param name="hint">What the document says; null: nothing.</param>
    /// <param name="what">The object that is to be read, for the error.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AeosException">There is no key at all.</exception>
    public async Task<Keyring> OpenAsync(EncryptionStatus? hint, string what, CancellationToken cancellationToken)
    {
        List<WrappingKey> keys = [.. given.Select(static key => WrappingKey.FromBytes(key.Bytes, key.Namespace, key.Name))];
        try
        {
            if (hint is { KeyRetrieverType.Length: > 0 })
            {
                keys.Add((await KeyRetrievers.For(hint.KeyRetrieverType, hint.KeyRetrieverConfig, scope).GetKeyAsync(cancellationToken).ConfigureAwait(false)).Key);
            }
        }
        catch (Exception failure) when (keys.Count > 0 && failure is AeosException or Kubernetes.Errors.KubernetesException)
        {
            // The keys at hand may be enough; if not, the error about them says what the document says.
        }

        return keys.Count > 0 ? new Keyring([], keys) : throw new KeySourceException(
            $"{what} is encrypted, and there is no key to read it with", "Give the key with --encryption-key-file, or name its Secret with --encryption-secret and --namespace.");
    }

    /// <summary>What the document says of its key, for an error.</summary>
    public static string Describe(EncryptionStatus? hint) => hint is { KeyRetrieverType.Length: > 0 }
        ? $"; the backup's document says that its key is of the kind {Encryption.Printable.Quote(hint.KeyRetrieverType)}: "
            + string.Join(", ", (hint.KeyRetrieverConfig ?? new Dictionary<string, string>()).Select(static pair => $"{Encryption.Printable.Escape(pair.Key)}={Encryption.Printable.Quote(pair.Value)}"))
        : "";
}
