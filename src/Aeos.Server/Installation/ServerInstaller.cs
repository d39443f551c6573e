using System.Text.Json.Nodes;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;
using Aeos.Server.Definitions;

namespace Aeos.Server.Installation;

/// <summary>
/// Writes an installation to a cluster, by server-side apply: a second time changes nothing. What belongs to somebody else is never changed: a definition or a namespace
/// is used as it is, and anything else is a reason to write nothing at all.
/// </summary>
/// <param name="cluster">The cluster.</param>
/// <param name="options">What is installed.</param>
/// <param name="time">What waits.</param>
public sealed class ServerInstaller(KubernetesClient cluster, InstallationOptions options, TimeProvider time)
{
    private static readonly WriteOptions Writing = new() { FieldManager = "aeos-install", Force = true, FieldValidation = "Strict" };
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromMinutes(5);

    /// <summary>Installs.</summary>
    /// <param name="report">Is told of each object.</param>
    /// <param name="beforeServer">Is done when the namespace is there and the server is not yet; null: nothing.</param>
    /// <param name="cancellationToken">Cancels it; what is written stays.</param>
    /// <exception cref="AeosException">It would take something over, disturb a Velero, or make an encrypting server write plaintext. Nothing was written.</exception>
    /// <exception cref="KubernetesException">The cluster refuses it or cannot be reached.</exception>
    public async Task InstallAsync(Action<InstalledObject> report, Func<CancellationToken, Task>? beforeServer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        var server = await cluster.TryGetAsync(InstalledTypes.Deployments, options.Namespace, ServerDeployment.Name, cancellationToken).ConfigureAwait(false);
        var manifests = InstallationManifests.Of(options with { KeepsCredentials = await HasCredentialsAsync(cancellationToken).ConfigureAwait(false) }, Requires(server));
        await new Neighbours(cluster, options).CheckAsync(cancellationToken).ConfigureAwait(false);
        var present = new KubernetesObject?[manifests.Count];
        for (var i = 0; i < manifests.Count; i++)
        {
            present[i] = await cluster.TryGetAsync(InstalledTypes.Of(manifests[i]), manifests[i].Namespace, manifests[i].Name, cancellationToken).ConfigureAwait(false);
            if (present[i] is { } there && !Ownership.IsOurs(there) && !MayBeKept(there))
            {
                throw new AeosException(
                    $"the {there.Kind} {there.Name} is there already, and aeos did not make it", "Remove or rename it, or install into another namespace with --namespace.");
            }
        }

        var awaitsDefinitions = true;
        for (var i = 0; i < manifests.Count; i++)
        {
            if (awaitsDefinitions && manifests[i].Kind != WellKnownResources.CustomResourceDefinitions.Kind)
            {
                awaitsDefinitions = false;
                await VeleroDefinitions.AwaitServedAsync(cluster, time, cancellationToken).ConfigureAwait(false);
            }

            if (beforeServer is not null && manifests[i].Kind == InstalledTypes.Deployments.Kind)
            {
                await beforeServer(cancellationToken).ConfigureAwait(false);
            }

            report(new InstalledObject(
                manifests[i].Kind, manifests[i].Namespace, manifests[i].Name, await ApplyAsync(manifests[i], present[i], cancellationToken).ConfigureAwait(false)));
        }
    }

    /// <summary>Waits until the server runs.</summary>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="KubernetesTimeoutException">It does not within five minutes.</exception>
    public async Task AwaitReadyAsync(CancellationToken cancellationToken)
    {
        for (var until = time.GetUtcNow() + ReadyTimeout; ;)
        {
            var deployment = (await cluster.GetAsync(InstalledTypes.Deployments, options.Namespace, ServerDeployment.Name, cancellationToken).ConfigureAwait(false)).ToTree();
            var status = deployment["status"];
            if ((long?)status?["observedGeneration"] >= (long?)deployment["metadata"]?["generation"] && (int?)status?["updatedReplicas"] >= 1 && (int?)status?["availableReplicas"] >= 1)
            {
                return;
            }

            if (time.GetUtcNow() >= until)
            {
                throw new KubernetesTimeoutException(
                    "the server was installed and did not become ready within 5 minutes",
                    $"See why: kubectl -n {options.Namespace} describe pods -l app.kubernetes.io/name=aeos; kubectl -n {options.Namespace} logs deployment/{ServerDeployment.Name}");
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> HasCredentialsAsync(CancellationToken cancellationToken)
        => await cluster.TryGetAsync(WellKnownResources.Secrets, options.Namespace, LocationManifests.CredentialsSecret, cancellationToken).ConfigureAwait(false) is { } secret
            && Ownership.IsOurs(secret);

    // A server that encrypts goes on encrypting, unless somebody says in so many words that it shall not.
    private bool Requires(KubernetesObject? server)
    {
        IReadOnlyList<string> arguments = server is null ? [] : ServerDeployment.ArgumentsOf(server.ToTree());
        var encrypts = ServerArguments.Encrypts(arguments);
        if (encrypts && options.Encryption is null && options.RequireEncryption != false)
        {
            throw new AeosException(
                $"the server in the namespace {options.Namespace} encrypts, and with these flags it would write plaintext",
                "Give --encryption-secret NAME again, or say --require-encryption=false if plaintext is what you want.");
        }

        return options.RequireEncryption ?? (!encrypts || ServerArguments.Requires(arguments));
    }

    private async Task<ApplyOutcome> ApplyAsync(KubernetesObject manifest, KubernetesObject? present, CancellationToken cancellationToken)
    {
        if (present is not null && !Ownership.IsOurs(present))
        {
            return ApplyOutcome.Kept;
        }

        var applied = await cluster.PatchAsync(
            InstalledTypes.Of(manifest), manifest.Namespace, manifest.Name, PatchType.Apply, manifest.Json, Writing, cancellationToken).ConfigureAwait(false);
        return present is null ? ApplyOutcome.Created
            : IsSame(present, applied) ? ApplyOutcome.Unchanged
            : ApplyOutcome.Configured;
    }

    // The version alone does not say it: a controller may have written a status meanwhile.
    private static bool IsSame(KubernetesObject before, KubernetesObject after)
        => before.Metadata.ResourceVersion == after.Metadata.ResourceVersion || JsonNode.DeepEquals(WithoutStatus(before), WithoutStatus(after));

    private static JsonObject WithoutStatus(KubernetesObject item)
    {
        var tree = item.ToTree();
        tree.Remove("status");
        var metadata = tree["metadata"]!.AsObject();
        (metadata["annotations"] as JsonObject)?.Remove("deployment.kubernetes.io/revision");
        metadata.Remove("managedFields");
        metadata.Remove("resourceVersion");
        return tree;
    }

    private static bool MayBeKept(KubernetesObject there) => there.Kind == WellKnownResources.CustomResourceDefinitions.Kind || there.Kind == WellKnownResources.Namespaces.Kind;
}
