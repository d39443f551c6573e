using Aeos.ObjectStore.Encrypted;
using Aeos.ObjectStore.Prefixed;
using Microsoft.Extensions.Logging;

namespace Aeos.ObjectStore.Locations;

/// <summary>Checks a location's whole configuration, loads its credentials and keys, and opens its store.</summary>
/// <param name="environment">Looks an environment variable up; null where it is not set.</param>
/// <param name="logger">Takes warnings: weak keys, plaintext that was let through.</param>
public sealed class LocationOpener(Func<string, string?> environment, ILogger logger)
{
    /// <summary>The providers that can be opened, as users type them.</summary>
    public static IReadOnlyList<string> Providers { get; } = [.. StoreProviders.All.SelectMany(provider => provider.Names)];

    /// <summary>Opens a location. Cheap: no request goes to the store.</summary>
    /// <exception cref="LocationRefusedException">An unknown provider or setting, a missing or unusable one, no key.</exception>
    public async ValueTask<Location> OpenAsync(LocationSpec spec, CancellationToken cancellationToken)
    {
        (spec, var provider, var settings) = Check(spec);
        using var credentials = await LocationCredentials.LoadAsync(settings, environment, logger, cancellationToken).ConfigureAwait(false);
        var keyring = await LocationKeys.LoadAsync(settings, credentials, logger, cancellationToken).ConfigureAwait(false);
        try
        {
            var store = OpenStore(spec, provider, credentials);
            return new Location(spec, new EncryptedObjectStore(store, keyring, settings.Scope, settings.Domain, settings.AllowPlaintext, logger));
        }
        catch
        {
            keyring.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens a location without encryption, and loads the keys that it names, of which there may be none. Cheap: no request goes to the store.
    /// </summary>
    /// <exception cref="LocationRefusedException">An unknown provider or setting, a missing or unusable one, a key that is named and cannot be read.</exception>
    public ValueTask<BareLocation> OpenBareAsync(LocationSpec spec, CancellationToken cancellationToken) => OpenBareAsync(spec, null, cancellationToken);

    /// <summary>As <see cref="OpenBareAsync(LocationSpec, CancellationToken)"/>, with credentials that are not in a file.</summary>
    /// <param name="spec">The location.</param>
    /// <param name="credentials">A credentials file's content, which takes the place of any file; null: as the location and the environment have it.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="LocationRefusedException">As there.</exception>
    public async ValueTask<BareLocation> OpenBareAsync(LocationSpec spec, ReadOnlyMemory<byte>? credentials, CancellationToken cancellationToken)
    {
        (spec, var provider, var settings) = Check(spec);
        using var loaded = credentials is { } content
            ? LocationCredentials.FromContent(content.Span, environment)
            : await LocationCredentials.LoadAsync(settings, environment, logger, cancellationToken).ConfigureAwait(false);
        var keys = await LocationKeys.LoadForReadingAsync(settings, loaded, logger, cancellationToken).ConfigureAwait(false);
        try
        {
            return new BareLocation(spec, OpenStore(spec, provider, loaded), keys, settings.Domain);
        }
        catch
        {
            keys.ForEach(key => key.Dispose());
            throw;
        }
    }

    private static (LocationSpec Spec, IStoreProvider Provider, LocationSettings Settings) Check(LocationSpec spec)
    {
        var provider = StoreProviders.Get(spec.Provider);
        spec = spec with { Bucket = CheckedBucket(spec.Bucket), Prefix = CheckedPrefix(spec.Prefix) };
        return (spec, provider, LocationSettings.Read(spec, provider.Settings));
    }

    private IObjectStore OpenStore(LocationSpec spec, IStoreProvider provider, LocationCredentials credentials)
    {
        var bare = provider.Open(spec, new StoreProviderContext(credentials.Find, logger, TimeProvider.System));
        return spec.Prefix.Length == 0 ? bare : new PrefixedObjectStore(bare, spec.Prefix);
    }

    private static string CheckedBucket(string bucket)
    {
        bucket = bucket.Trim('/');
        return bucket.Length == 0 || bucket.Contains('/', StringComparison.Ordinal) || bucket.Contains('\0', StringComparison.Ordinal)
            ? throw new LocationRefusedException(
                bucket.Length == 0 ? "the location names no bucket" : $"the bucket \"{bucket}\" has a slash or a zero byte in it",
                "Set objectStorage.bucket to the bucket's name, and objectStorage.prefix to what comes after it.")
            : bucket;
    }

    private static string CheckedPrefix(string prefix)
    {
        prefix = prefix.Trim('/');
        return prefix.Length > 0 && prefix.Split('/').Any(segment => segment is "" or "." or "..")
            ? throw new LocationRefusedException(
                $"the prefix \"{prefix}\" has an empty segment, or one that is \".\" or \"..\"", "Set objectStorage.prefix to names with one slash between each two.")
            : prefix;
    }
}
