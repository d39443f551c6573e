using Microsoft.Extensions.Logging;

namespace Aeos.ObjectStore.Locations;

/// <summary>What a provider opens a store with.</summary>
/// <param name="Credentials">
/// Looks a name up in the credentials file, then in the environment; null where neither has it.
/// </param>
/// <param name="Logger">Takes warnings, and which credential was chosen.</param>
/// <param name="Time">The clock.</param>
internal sealed record StoreProviderContext(Func<string, string?> Credentials, ILogger Logger, TimeProvider Time);
