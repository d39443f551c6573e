namespace Aeos.ObjectStore.Locations;

/// <summary>
/// An opened location: its store, encrypting, with keys relative to the prefix. Owns the store and the keys.
/// </summary>
public sealed class Location(LocationSpec spec, IObjectStore store) : IAsyncDisposable
{
    /// <summary>What it was opened from.</summary>
    public LocationSpec Spec { get; } = spec;

    /// <summary>The store; its keys are relative to the location's prefix.</summary>
    public IObjectStore Store { get; } = store;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
