namespace Aeos.ObjectStore.Locations;

/// <summary>
/// A kind of store that a location can name. Opens the bare store of the location's bucket, without prefix and without
/// encryption: <see cref="LocationOpener"/> puts both around it.
/// </summary>
internal interface IStoreProvider
{
    /// <summary>The providers' names as users type them.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The config keys that it knows, besides those of every location.</summary>
    IReadOnlyList<string> Settings { get; }

    /// <summary>Checks the provider's part of the configuration and opens the store. Sends no request.</summary>
    /// <exception cref="LocationRefusedException">A setting or a credential is missing or cannot be used.</exception>
    IObjectStore Open(LocationSpec spec, StoreProviderContext context);
}
