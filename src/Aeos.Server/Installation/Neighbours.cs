using System.Text.Json;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Server.Installation;

/// <summary>
/// Keeps an installation apart from a Velero, and from other servers: a namespace of its own, and a place in the bucket of its own. Two that share a place would
/// sync, expire and delete each other's backups; and Velero calls a location unavailable when it finds folders in it that it does not know.
/// </summary>
/// <param name="cluster">The cluster.</param>
/// <param name="options">What is installed.</param>
internal sealed class Neighbours(KubernetesClient cluster, InstallationOptions options)
{
    // Where one of these differs, buckets of the same name are two.
    private static readonly string[] Whereabouts = ["storageAccount", "storageAccountURI", "root", "region", "s3Url"];

    /// <summary>Looks around.</summary>
    /// <exception cref="AeosException">The installation would get in a neighbour's way.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var namespaces = new List<string>();
        await foreach (var deployment in cluster.List(InstalledTypes.Deployments).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (ForeignVelero.Is(deployment))
            {
                namespaces.Add(deployment.Namespace);
            }
        }

        if (namespaces.Contains(options.Namespace, StringComparer.Ordinal))
        {
            throw new AeosException(
                $"the namespace {options.Namespace} has a Velero, which aeos does not take over",
                "Install beside it with a namespace and a prefix of its own: --namespace aeos --prefix aeos.");
        }

        if (options.Location is not { } location)
        {
            return;
        }

        if (namespaces.Count > 0 && location.Prefix.Length == 0)
        {
            throw new AeosException(
                $"a Velero is in the namespace {namespaces[0]}, and --prefix is missing: the two would take each other's backups for their own",
                "Give a prefix that nothing else uses: --prefix aeos.");
        }

        await CheckLocationsAsync(location, cancellationToken).ConfigureAwait(false);
    }

    private async Task CheckLocationsAsync(InstalledLocation location, CancellationToken cancellationToken)
    {
        var locations = cluster.List(VeleroTypes.BackupStorageLocations.Api);
        try
        {
            await foreach (var item in locations.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (item.Namespace != options.Namespace && SharedPlace(location, item) is { } prefix)
                {
                    throw new AeosException(
                        $"the location {item.Namespace}/{item.Name} uses the bucket {location.Bucket} {(prefix.Length == 0 ? "without a prefix" : $"with the prefix {prefix}")}, and the two would get in each other's way",
                        prefix.Length == 0 ? "Take another bucket: whoever uses all of one takes folders that it does not know for damage." : "Give a prefix that neither contains the other's nor lies within it, or take another bucket.");
                }
            }
        }
        catch (KubernetesApiException refusal) when (refusal.IsNotFound)
        {
            // Nothing is defined yet: there are no locations.
        }
    }

    private static string? SharedPlace(InstalledLocation location, KubernetesObject item)
    {
        var other = JsonSerializer.Deserialize(item.Json.Span, DocumentTypes.BackupStorageLocation)?.Spec;
        if (other?.ObjectStorage is not { } storage || storage.Bucket != location.Bucket || Whereabouts.Any(key => Differs(key, location.Config, other.Config)))
        {
            return null;
        }

        var (ours, theirs) = (Folder(location.Prefix), Folder(storage.Prefix));
        return ours.StartsWith(theirs, StringComparison.Ordinal) || theirs.StartsWith(ours, StringComparison.Ordinal) ? theirs.TrimEnd('/') : null;
    }

    private static bool Differs(string key, IReadOnlyDictionary<string, string> ours, IReadOnlyDictionary<string, string>? theirs) =>
        ours.TryGetValue(key, out var mine) && theirs is not null && theirs.TryGetValue(key, out var yours) && mine != yours;

    private static string Folder(string? prefix) => prefix?.Trim('/') is { Length: > 0 } text ? $"{text}/" : "";
}
