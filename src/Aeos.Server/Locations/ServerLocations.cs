using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Aeos.Encryption;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;
using Aeos.ObjectStore.Locations;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Locations;

/// <summary>
/// Opens the cluster's BackupStorageLocations. Credentials and certificates that a location keeps in Secrets of the server's namespace are read from there
/// for each opening, and never reach a file.
/// </summary>
/// <param name="cluster">The cluster.</param>
/// <param name="namespace">The server's namespace.</param>
/// <param name="log">Takes warnings: weak keys.</param>
internal sealed class ServerLocations(KubernetesClient cluster, string @namespace, ILogger log)
{
    private readonly LocationOpener _opener = new(Environment.GetEnvironmentVariable, log);

    /// <summary>Told of each object that is written.</summary>
    public Action<WrittenObject>? OnWritten { get; init; }

    /// <summary>Opens a location without encryption, with the keys that it names to read with. No request goes to the store.</summary>
    /// <exception cref="LocationRefusedException">The location is not possible, or a Secret that it names is not there.</exception>
    /// <exception cref="KubernetesException">A Secret cannot be read.</exception>
    public async Task<BareLocation> OpenAsync(BackupStorageLocationDocument location, CancellationToken cancellationToken)
    {
        var certificates = location.Spec.ObjectStorage?.CaCertRef is { } ca
            ? await ReadAsync("spec.objectStorage.caCertRef", ca, cancellationToken).ConfigureAwait(false)
            : null;
        var spec = LocationSpecs.Of(location, certificates is null ? null : Encoding.UTF8.GetString(certificates));
        if (location.Spec.Credential is not { } credential)
        {
            return Counted(await _opener.OpenBareAsync(spec, cancellationToken).ConfigureAwait(false));
        }

        var content = await ReadAsync("spec.credential", credential, cancellationToken).ConfigureAwait(false);
        try
        {
            return Counted(await _opener.OpenBareAsync(spec, content ?? ReadOnlyMemory<byte>.Empty, cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>What a location depends on, to compare: its spec, and the versions of the Secrets that it names.</summary>
    /// <exception cref="KubernetesException">A Secret cannot be read.</exception>
    public async Task<string> StateAsync(BackupStorageLocationDocument location, CancellationToken cancellationToken)
    {
        var state = new StringBuilder(JsonSerializer.Serialize(
            location with { Metadata = new DocumentMetadata(), Status = new BackupStorageLocationStatus() }, DocumentTypes.BackupStorageLocation));
        foreach (var reference in (SecretKeyReference?[])[location.Spec.Credential, location.Spec.ObjectStorage?.CaCertRef])
        {
            if (reference is not null)
            {
                var secret = await FindAsync(reference, cancellationToken).ConfigureAwait(false);
                state.Append('\n').Append(secret?.Metadata.ResourceVersion);
            }
        }

        return state.ToString();
    }

    private BareLocation Counted(BareLocation opened) => OnWritten is null ? opened
        : new BareLocation(opened.Spec, new CountedStore(opened.Store, opened.Spec.Name, OnWritten), opened.Keys, opened.Domain);

    private async Task<byte[]?> ReadAsync(string field, SecretKeyReference reference, CancellationToken cancellationToken)
    {
        var name = Printable.Quote($"{@namespace}/{reference.Name}");
        var isOptional = reference.Optional ?? false;
        var secret = await FindAsync(reference, cancellationToken).ConfigureAwait(false);
        if (secret is null)
        {
            return isOptional ? null : throw new LocationRefusedException($"{field} names the Secret {name}, which is not there", "Create it, or name another.");
        }

        try
        {
            return SecretField.Read(secret, reference.Key) is { } content ? content
                : isOptional ? null
                : throw new LocationRefusedException($"{field} names the Secret {name}, which lacks the field {Printable.Quote(reference.Key)}", "Put it into the Secret, or name another field.");
        }
        catch (FormatException)
        {
            throw new LocationRefusedException($"the field {Printable.Quote(reference.Key)} of the Secret {name} is not base64", "Create the Secret anew.");
        }
    }

    private async Task<KubernetesObject?> FindAsync(SecretKeyReference reference, CancellationToken cancellationToken) => reference.Name.Length == 0
        ? null
        : await cluster.TryGetAsync(WellKnownResources.Secrets, @namespace, reference.Name, cancellationToken).ConfigureAwait(false);
}
