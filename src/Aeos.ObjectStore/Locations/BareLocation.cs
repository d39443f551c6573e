using Aeos.Encryption.Keys;

namespace Aeos.ObjectStore.Locations;

/// <summary>
/// An opened location without encryption, for the engine, which decides itself what is encrypted and under which key: a location's
/// own keys only read. Owns the store and the keys.
/// </summary>
/// <param name="spec">What it was opened from.</param>
/// <param name="store">The bare store, with keys relative to the location's prefix.</param>
/// <param name="keys">The location's keys; may be none.</param>
/// <param name="domain">What messages are bound to besides their key; null for nothing.</param>
public sealed class BareLocation(LocationSpec spec, IObjectStore store, IReadOnlyList<WrappingKey> keys, string? domain) : IAsyncDisposable
{
    /// <summary>What it was opened from.</summary>
    public LocationSpec Spec { get; } = spec;

    /// <summary>The store, not encrypting; its keys are relative to the location's prefix.</summary>
    public IObjectStore Store { get; } = store;

    /// <summary>The keys that the location names, to read with; may be none.</summary>
    public IReadOnlyList<WrappingKey> Keys { get; } = keys;

    /// <summary>The setting <c>encryptionDomain</c>; null when it is not set.</summary>
    public string? Domain { get; } = domain;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync().ConfigureAwait(false);
        foreach (var key in Keys)
        {
            key.Dispose();
        }
    }
}
