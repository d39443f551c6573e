using System.Text.Json.Nodes;
using Aeos.Kubernetes.Objects;
using Aeos.Server.Definitions;

namespace Aeos.Server.Installation;

/// <summary>Everything that an installation consists of, in the order in which it is written.</summary>
public static class InstallationManifests
{
    /// <summary>Makes the manifests. No cluster is asked.</summary>
    /// <param name="options">What is installed.</param>
    public static IReadOnlyList<KubernetesObject> Of(InstallationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Of(options, options.RequireEncryption ?? true);
    }

    /// <param name="options">What is installed.</param>
    /// <param name="requiresEncryption">Whether a server that encrypts refuses plaintext.</param>
    internal static IReadOnlyList<KubernetesObject> Of(InstallationOptions options, bool requiresEncryption)
        => [.. VeleroDefinitions.All, .. Trees(options, requiresEncryption).Select(KubernetesObject.FromTree)];

    private static IEnumerable<JsonObject> Trees(InstallationOptions options, bool requiresEncryption)
    {
        yield return Namespace(options.Namespace);
        if (options.ServiceAccount is null)
        {
            yield return Account(options);
            foreach (var manifest in ServerPermissions.Manifests(options.Namespace, options.MayRestore))
            {
                yield return manifest;
            }
        }

        if (options.Credentials is { } credentials)
        {
            yield return LocationManifests.Credentials(options.Namespace, credentials.Span);
        }

        if (options.Location is { } location)
        {
            yield return LocationManifests.Location(options.Namespace, location);
        }

        foreach (var service in ServerServices.Manifests(options.Namespace))
        {
            yield return service;
        }

        yield return ServerDeployment.Of(options, requiresEncryption);
    }

    // Nothing of the server's needs more than the strictest of Kubernetes' standards allows; Velero's node agent makes its namespace privileged.
    private static JsonObject Namespace(string name)
    {
        var manifest = Manifest.Of("v1", "Namespace", name, null);
        manifest["metadata"]!["labels"]!["pod-security.kubernetes.io/enforce"] = "restricted";
        return manifest;
    }

    private static JsonObject Account(InstallationOptions options)
    {
        var account = Manifest.Of("v1", "ServiceAccount", ServerPermissions.Account, options.Namespace);
        if (options.ServiceAccountAnnotations.Count > 0)
        {
            account["metadata"]!["annotations"] = Manifest.Map(options.ServiceAccountAnnotations);
        }

        return account;
    }
}
