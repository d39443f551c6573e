using System.CommandLine;
using Aeos.Backup.Keys;
using Aeos.Backup.Reading;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Listings;
using Aeos.Cli.Stores;
using Aeos.Encryption.Keys;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Errors;
using Aeos.ObjectStore;
using Aeos.ObjectStore.Locations;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Engine;

/// <summary>A location with the keys that it may be read with. Owns all of it.</summary>
internal sealed class OpenedBucket : IAsyncDisposable
{
    private readonly BareLocation _location;
    private readonly ReadingKeys _reading;

    /// <param name="location">The location.</param>
    /// <param name="keys">The keys that the command line names.</param>
    /// <param name="scope">Where a backup's document may point to.</param>
    public OpenedBucket(BareLocation location, IReadOnlyList<WrappingKey> keys, KeyScope scope)
    {
        _location = location;
        _reading = new ReadingKeys([.. keys, .. location.Keys], scope, Report.Warning);
        Keys = keys;
        Reader = new BucketReader(location.Store, _reading, location.Domain);
    }

    /// <summary>Opens the location and reads the keys that are named.</summary>
    /// <exception cref="AeosException">The location cannot be opened, or a key not be read.</exception>
    public static async Task<OpenedBucket> OpenAsync(
        ParseResult result, LocationOptions location, ReadingKeyOptions keys, KubernetesClient? cluster, string @namespace, CancellationToken cancellationToken)
    {
        var opened = await location.OpenBareAsync(result, cancellationToken).ConfigureAwait(false);
        try
        {
            var scope = keys.Scope(result, cluster, @namespace);
            return new OpenedBucket(opened, await keys.ReadAsync(result, scope, cancellationToken).ConfigureAwait(false), scope);
        }
        catch
        {
            await opened.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The store, not encrypting.</summary>
    public IObjectStore Store => _location.Store;

    /// <summary>What messages are bound to besides their key; null for nothing.</summary>
    public string? Domain => _location.Domain;

    /// <summary>The keys that the command line names.</summary>
    public IReadOnlyList<WrappingKey> Keys { get; }

    /// <summary>Reads it, decrypted.</summary>
    public BucketReader Reader { get; }

    /// <summary>Reads one of the objects beside a document for a description; for want of a key it stays closed.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="hint">What the backup's document says of its encryption.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AeosException">It is damaged, or the key at hand is not its key.</exception>
    public async Task<Companion> ReadCompanionAsync(string key, EncryptionStatus? hint, CancellationToken cancellationToken)
    {
        try
        {
            return new Companion(key, await Reader.TryReadCompanionAsync(key, hint, cancellationToken).ConfigureAwait(false));
        }
        catch (KeySourceException missing)
        {
            return new Companion(key, null, missing.Cause);
        }
        catch (KubernetesException missing)
        {
            return new Companion(key, null, missing.Cause);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _reading.Dispose();
        await _location.DisposeAsync().ConfigureAwait(false);
        foreach (var key in Keys)
        {
            key.Dispose();
        }
    }
}
