using Aeos.Encryption.Keys;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Keys;

/// <summary>
/// The keys that a backup is read with: the one that the user names, else the one that the backup's document points at, as far as the scope
/// allows, and those of the location. Fetched when something encrypted is met, and not before. Owns what it fetched.
/// </summary>
/// <param name="location">The location's keys; not taken over.</param>
/// <param name="keyFile">The file of the key that the user names; null: none.</param>
/// <param name="scope">Where else keys may be read from.</param>
/// <param name="warn">Takes warnings about weak keys.</param>
public sealed class ReadingKeys(IReadOnlyList<WrappingKey> location, string? keyFile, KeyScope scope, Action<string> warn) : IDisposable
{
    private readonly List<WrappingKey> _fetched = [];

    /// <summary>The keys for a backup.</summary>
    /// <param name="status">What its document says of its encryption: a hint.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>A keyring that belongs to this object: it is not disposed by whoever asked.</returns>
    /// <exception cref="AeosException">There is no key.</exception>
    public async Task<Keyring> ForAsync(EncryptionStatus? status, CancellationToken cancellationToken)
    {
        if (keyFile is not null)
        {
            await FetchAsync(new FileKeyRetriever(keyFile), cancellationToken).ConfigureAwait(false);
        }
        else if (status?.KeyRetrieverType is { } type)
        {
            try
            {
                await FetchAsync(KeyRetrievers.For(type, status.KeyRetrieverConfig, scope), cancellationToken).ConfigureAwait(false);
            }
            catch (AeosException) when (location.Count > 0)
            {
                // The location's own keys may open it; if they do not, that error names the key that the backup needs.
            }
        }

        return _fetched.Count + location.Count > 0 ? new Keyring([], [.. _fetched, .. location]) : throw new KeySourceException(
            "the backup is encrypted, and there is no key at hand: its document names none", "Give the key with --encryption-key-file.");
    }

    /// <inheritdoc/>
    public void Dispose() => _fetched.ForEach(key => key.Dispose());

    private async Task FetchAsync(IKeyRetriever retriever, CancellationToken cancellationToken)
    {
        var (key, warning) = await retriever.GetKeyAsync(cancellationToken).ConfigureAwait(false);
        _fetched.Add(key);
        if (warning is not null)
        {
            warn(warning);
        }
    }
}
