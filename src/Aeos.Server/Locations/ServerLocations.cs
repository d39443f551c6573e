using System.Text;
using Aeos.Kubernetes;
using Aeos.ObjectStore.Locations;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Locations;

/// <summary>Opens the stores of backup storage locations.</summary>
/// <param name="cluster">For the Secrets that locations name.</param>
/// <param name="namespace">Their namespace.</param>
/// <param name="log">Takes warnings of stores.</param>
internal sealed class ServerLocations(KubernetesClient cluster, string @namespace, ILogger log)
{
    /// <summary>Opens one, with its keys for reading. Cheap: no request goes to the store.</summary>
    /// <exception cref="LocationRefusedException">It is not possible as it is.</exception>
    public async Task<BareLocation> OpenAsync(BackupStorageLocationDocument location, CancellationToken cancellationToken)
    {
        var (spec, name) = (location.Spec, location.Metadata.Name);
        if (spec.ObjectStorage is not { } storage)
        {
            throw new LocationRefusedException($"the location \"{name}\" names no bucket", "Set spec.objectStorage.bucket.");
        }

        _ = (cluster, @namespace);
        var config = new Dictionary<string, string>(spec.Config ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        config.Remove("bucket");
        config.Remove("prefix");
        if (storage.CaCert is { Length: > 0 } certificates)
        {
            config["caCert"] = Encoding.UTF8.GetString(Convert.FromBase64String(certificates));
        }

        var opener = new LocationOpener(Environment.GetEnvironmentVariable, log);
        return await opener.OpenBareAsync(
            new LocationSpec(spec.Provider, storage.Bucket, storage.Prefix ?? "", config) { Name = name, IsReadOnly = spec.AccessMode == "ReadOnly" },
            cancellationToken).ConfigureAwait(false);
    }
}
