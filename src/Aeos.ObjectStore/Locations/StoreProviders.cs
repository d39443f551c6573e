using Aeos.ObjectStore.Azure;
using Aeos.ObjectStore.Filesystem;

namespace Aeos.ObjectStore.Locations;

/// <summary>The kinds of stores that a location can name.</summary>
internal static class StoreProviders
{
    /// <summary>All of them: a new kind of store is added here and nowhere else.</summary>
    public static IReadOnlyList<IStoreProvider> All { get; } = [new AzureStoreProvider(), new FilesystemProvider()];

    /// <summary>The provider of a name.</summary>
    /// <exception cref="LocationRefusedException">There is none; the error names those that there are.</exception>
    public static IStoreProvider Get(string name) =>
        All.FirstOrDefault(provider => provider.Names.Contains(name, StringComparer.Ordinal))
        ?? throw new LocationRefusedException(
            $"the provider \"{name}\" is not known", $"Set the location's provider to one of: {string.Join(", ", All.SelectMany(provider => provider.Names))}.");
}
