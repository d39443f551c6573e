using Aeos.ObjectStore;

namespace Aeos.Plugin.Locations;

/// <summary>A location in use by one call, and the translation between Velero's whole keys and the location's relative ones.</summary>
internal sealed class LocationHold(SharedLocation shared, string wholeKey) : IAsyncDisposable
{
    private readonly string _prefix = shared.Location.Spec.Prefix is { Length: > 0 } prefix ? $"{prefix}/" : "";

    /// <summary>The location's store, on relative keys.</summary>
    public IObjectStore Store => shared.Location.Store;

    /// <summary>The call's key, or the prefix that it lists, relative to the location.</summary>
    public string Key => wholeKey[_prefix.Length..];

    /// <summary>A key or a prefix of the store as Velero knows it.</summary>
    public string Whole(string relative) => _prefix + relative;

    /// <summary>Whether a key is in a location with the prefix: <c>velero-2/x</c> is not under <c>velero</c>.</summary>
    public static bool IsUnder(string key, string prefix) =>
        prefix.Length == 0
        || (key.Length > prefix.Length && key[prefix.Length] == '/' && key.StartsWith(prefix, StringComparison.Ordinal));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => shared.ReleaseAsync();
}
