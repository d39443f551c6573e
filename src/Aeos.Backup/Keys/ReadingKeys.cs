using Aeos.Encryption;
using Aeos.Encryption.Keys;
using Aeos.Kubernetes.Errors;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Keys;

/// <summary>
/// The keys that a backup is read with: those at hand, and the one that the backup's document points at, as far as the scope allows. That one is fetched when
/// something encrypted is met, and once. Owns what it fetched.
/// </summary>
/// <param name="given">Keys at hand: those that the user named and those of the location. Not taken over.</param>
/// <param name="scope">Where else keys may be read from.</param>
/// <param name="warn">Takes warnings about weak keys; null: nobody.</param>
public sealed class ReadingKeys(IReadOnlyList<WrappingKey> given, KeyScope scope, Action<string>? warn = null) : IDisposable
{
    private readonly Dictionary<string, WrappingKey> _fetched = new(StringComparer.Ordinal);

    /// <summary>The keys for an object.</summary>
    /// <param name="hint">What its backup's document says of the encryption; null: nothing.</param>
    /// <param name="key">The object's key, for the error.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>A keyring that belongs to this object: it is not disposed by whoever asked.</returns>
    /// <exception cref="AeosException">There is no key.</exception>
    public async Task<Keyring> ForAsync(EncryptionStatus? hint, string key, CancellationToken cancellationToken)
    {
        try
        {
            if (hint is { KeyRetrieverType.Length: > 0 } && !_fetched.ContainsKey(Describe(hint)))
            {
                var found = await KeyRetrievers.For(hint.KeyRetrieverType, hint.KeyRetrieverConfig, scope).GetKeyAsync(cancellationToken).ConfigureAwait(false);
                _fetched.Add(Describe(hint), found.Key);
                found.Take(warn);
            }
        }
        catch (Exception e) when (given.Count > 0 && e is AeosException or KubernetesException)
        {
            // The keys at hand may be enough; if not, the error about them says what the document says.
        }

        return _fetched.Count + given.Count > 0 ? new Keyring([], [.. given, .. _fetched.Values]) : throw new KeySourceException(
            $"\"{key}\" is encrypted, and there is no key to read it with", "Give the key with --encryption-key-file.");
    }

    /// <summary>What a document says of its key, for an error; empty when it says nothing.</summary>
    public static string Describe(EncryptionStatus? hint) => hint is not { KeyRetrieverType.Length: > 0 } ? ""
        : $"; the backup's document says that its key is of the kind {Printable.Quote(hint.KeyRetrieverType)}: "
            + string.Join(", ", (hint.KeyRetrieverConfig ?? new Dictionary<string, string>()).Select(static pair => $"{Printable.Escape(pair.Key)}={Printable.Quote(pair.Value)}"));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in _fetched.Values)
        {
            key.Dispose();
        }

        _fetched.Clear();
    }
}
