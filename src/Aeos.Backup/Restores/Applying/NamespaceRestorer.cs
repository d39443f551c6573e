using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Aeos.Backup.Restores.Reporting;
using Aeos.Backup.Restores.Selecting;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;

namespace Aeos.Backup.Restores.Applying;

/// <summary>Sees to it that a namespace is there before anything goes into it: with the backup's labels and annotations where it has to be made.</summary>
internal sealed class NamespaceRestorer(RestoreContext context)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<bool>>> _namespaces = new(StringComparer.Ordinal);

    /// <summary>Makes the namespace that a namespace of the backup is restored into, once.</summary>
    /// <returns>False when there is none to restore into; the error is noted.</returns>
    public Task<bool> EnsureAsync(string @namespace, CancellationToken cancellationToken)
    {
        var target = context.TargetOf(@namespace);
        return _namespaces.GetOrAdd(target, _ => new Lazy<Task<bool>>(() => MakeAsync(@namespace, target, cancellationToken))).Value;
    }

    private async Task<bool> MakeAsync(string source, string target, CancellationToken cancellationToken)
    {
        try
        {
            var wanted = await FromBackupAsync(source, target, cancellationToken).ConfigureAwait(false);
            for (var attempt = 0; ; attempt++)
            {
                if (await context.Cluster.TryGetAsync(WellKnownResources.Namespaces, null, target, cancellationToken).ConfigureAwait(false) is { } there)
                {
                    if (!IsTerminating(there.ToTree()))
                    {
                        return true;
                    }

                    await context.Log.InfoAsync($"waiting for the namespace {target} to be gone", cancellationToken).ConfigureAwait(false);
                    if (!await context.Wait.UntilAsync(
                        WellKnownResources.Namespaces, target, static now => now is null || !IsTerminating(now), context.Options.TerminatingTimeout, cancellationToken).ConfigureAwait(false))
                    {
                        return await FailedAsync($"the namespace {target} is being deleted and was not gone within {context.Options.TerminatingTimeout}", cancellationToken).ConfigureAwait(false);
                    }

                    continue;
                }

                try
                {
                    await context.Cluster.CreateAsync(WellKnownResources.Namespaces, null, wanted, null, cancellationToken).ConfigureAwait(false);
                    context.Outcome.Items.Set("v1", "Namespace", "", target, RestoredItems.Created);
                    await context.Log.InfoAsync($"created the namespace {target}", cancellationToken).ConfigureAwait(false);
                    return true;
                }
                catch (KubernetesApiException race) when (race.IsAlreadyExists && attempt < 3)
                {
                }
            }
        }
        catch (KubernetesException failure)
        {
            return await FailedAsync($"the namespace {target} could not be made: {failure.Cause}", cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<KubernetesObject> FromBackupAsync(string source, string target, CancellationToken cancellationToken)
    {
        var made = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = target } };
        if (await context.Backup.ReadAsync(ResourceOrder.Namespaces, "", source, cancellationToken).ConfigureAwait(false) is { } json)
        {
            var metadata = new KubernetesObject(json).ToTree().Child("metadata");
            foreach (var map in (string[])["labels", "annotations"])
            {
                if (metadata.Child(map) is { } kept)
                {
                    made.Ensure("metadata")[map] = kept.DeepClone();
                }
            }

            // The server labels each namespace with its own name.
            if (made.Child("metadata").Child("labels") is { } labels && labels.ContainsKey("kubernetes.io/metadata.name"))
            {
                labels["kubernetes.io/metadata.name"] = target;
            }
        }

        return KubernetesObject.FromTree(made);
    }

    private static bool IsTerminating(JsonObject item) =>
        item.Child("metadata").Text("deletionTimestamp").Length > 0 || item.Child("status").Text("phase") == "Terminating";

    private async Task<bool> FailedAsync(string message, CancellationToken cancellationToken)
    {
        context.Outcome.Errors.AddVelero(message);
        await context.Log.ErrorAsync(message, cancellationToken).ConfigureAwait(false);
        return false;
    }
}
