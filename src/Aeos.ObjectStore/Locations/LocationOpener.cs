using Microsoft.Extensions.Logging;

namespace Aeos.ObjectStore.Locations;

/// <summary>Checks a location's whole configuration, loads its credentials and keys, and opens its store.</summary>
/// <param name="environment">Looks an environment variable up; null where it is not set.</param>
/// <param name="logger">Takes warnings: weak keys, plaintext that was let through.</param>
public sealed class LocationOpener(Func<string, string?> environment, ILogger logger)
{
    /// <summary>The providers that can be opened, as users type them.</summary>
    public static IReadOnlyList<string> Providers => throw new NotImplementedException();

    /// <summary>Opens a location. Cheap: no request goes to the store.</summary>
    /// <exception cref="LocationRefusedException">An unknown provider or setting, a missing or unusable one, no key.</exception>
    public ValueTask<Location> OpenAsync(LocationSpec spec, CancellationToken cancellationToken)
    {
        _ = environment;
        _ = logger;
        throw new NotImplementedException();
    }
}
