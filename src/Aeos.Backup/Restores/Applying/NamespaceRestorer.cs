using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Aeos.Backup.Restores.Reporting;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;

namespace Aeos.Backup.Restores.Applying;

/// <summary>Sees to it that a namespace is there before anything goes into it: with the backup's labels and annotations where it has to be made.</summary>
internal sealed class NamespaceRestorer(RestoreContext context)
{
    private const int Attempts = 4;

    private readonly ConcurrentDictionary<string, Lazy<Task<bool>>> _namespaces = new(StringComparer.Ordinal);

    /// <summary>Makes the namespace that a namespace of the backup is restored into, once.</summary>
    /// <returns>False when there is none to restore into; the error is noted.</returns>
    public Task<bool> EnsureAsync(string @namespace, CancellationToken cancellationToken)
    {
        var target = context.TargetOf(@namespace);
        return _namespaces.GetOrAdd(target, _ => new Lazy<Task<bool>>(() => MakeAsync(@namespace, target, cancellationToken))).Value;
    }

    /// <summary>The same for a namespace that is restored for its own sake: if its labels are selected.</summary>
    public async Task EnsureSelectedAsync(ItemKey key, CancellationToken cancellationToken)
    {
        try
        {
            var json = await context.Backup.ReadAsync(key, null, cancellationToken).ConfigureAwait(false);
            if (!context.Filter.IncludesLabels(key.GroupResource, new KubernetesObject(json!)))
            {
                return;
            }
        }
        catch (KubernetesException failure)
        {
            await context.FailAsync("", $"error decoding {key}: {failure.Cause}", cancellationToken).ConfigureAwait(false);
            return;
        }

        await EnsureAsync(key.Name, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> MakeAsync(string source, string target, CancellationToken cancellationToken)
    {
        var wanted = await FromBackupAsync(source, target, cancellationToken).ConfigureAwait(false);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await context.Cluster.CreateAsync(WellKnownResources.Namespaces, null, wanted, null, cancellationToken).ConfigureAwait(false);
                context.Outcome.Items.Set("v1", "Namespace", "", target, ItemAction.Created);
                await context.Log.InfoAsync($"created the namespace {target}", cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (KubernetesException failure)
            {
                if (failure is not KubernetesApiException)
                {
                    await context.Reach.AwaitAsync(cancellationToken).ConfigureAwait(false);
                }

                // It may be there although it cannot be made: by one who may write into it and no more.
                if (await IsThereAsync(target, attempt, failure, cancellationToken).ConfigureAwait(false) is { } isThere)
                {
                    return isThere;
                }
            }
        }
    }

    // Null: it is not there, and may be made now.
    private async Task<bool?> IsThereAsync(string target, int attempt, KubernetesException failure, CancellationToken cancellationToken)
    {
        try
        {
            if (await context.Cluster.TryGetAsync(WellKnownResources.Namespaces, null, target, cancellationToken).ConfigureAwait(false) is { } there)
            {
                return IsTerminating(there.ToTree()) ? await AwaitEndAsync(target, cancellationToken).ConfigureAwait(false) : true;
            }
        }
        catch (KubernetesException)
        {
            // Why it could not be made says more.
        }

        return attempt < Attempts && failure is not KubernetesApiException { IsAlreadyExists: false }
            ? null
            : await FailedAsync($"error creating namespace {target}: {failure.Cause}", cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool?> AwaitEndAsync(string target, CancellationToken cancellationToken)
    {
        var patience = context.Options.TerminatingTimeout;
        await context.Log.InfoAsync($"waiting for the namespace {target} to be gone", cancellationToken).ConfigureAwait(false);
        return await context.Wait.UntilAsync(
            WellKnownResources.Namespaces, target, static now => now is null || !IsTerminating(now), patience, cancellationToken).ConfigureAwait(false)
            ? null
            : await FailedAsync($"timed out waiting for terminating namespace {target} to disappear before restoring: it was not gone within {patience}", cancellationToken)
                .ConfigureAwait(false);
    }

    private async Task<KubernetesObject> FromBackupAsync(string source, string target, CancellationToken cancellationToken)
    {
        if (await context.Backup.ReadAsync(new ItemKey(TypeNames.Namespaces, "", source), null, cancellationToken).ConfigureAwait(false) is { } json)
        {
            try
            {
                return Namespace(target, new KubernetesObject(json).ToTree());
            }
            catch (Exception failure) when (failure is KubernetesException or ArgumentException or InvalidOperationException)
            {
                await context.Log.WarningAsync($"the backup's namespace {source} cannot be decoded: a plain one is made", cancellationToken).ConfigureAwait(false);
            }
        }

        return Namespace(target, null);
    }

    private static KubernetesObject Namespace(string name, JsonObject? backedUp)
    {
        var metadata = backedUp.Child("metadata");
        var made = new JsonObject { ["name"] = name };
        foreach (var map in (string[])["labels", "annotations"])
        {
            if (metadata.Child(map) is { } kept)
            {
                made[map] = kept.DeepClone();
            }
        }

        // The server labels each namespace with its own name.
        if (made.Child("labels") is { } labels && labels.ContainsKey("kubernetes.io/metadata.name"))
        {
            labels["kubernetes.io/metadata.name"] = name;
        }

        var tree = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = made };
        if (backedUp.Child("spec") is { } spec)
        {
            tree["spec"] = spec.DeepClone();
        }

        return KubernetesObject.FromTree(tree);
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
