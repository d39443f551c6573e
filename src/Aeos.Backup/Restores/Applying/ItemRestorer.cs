using System.Text.Json.Nodes;
using Aeos.Backup.Restores.Preparing;
using Aeos.Backup.Restores.Reporting;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Restores.Applying;

/// <summary>Restores one object: from the spool, prepared, into the cluster.</summary>
internal sealed class ItemRestorer(RestoreContext context, NamespaceRestorer namespaces)
{
    private readonly ExistingItem _existing = new(context);

    /// <summary>Restores it.</summary>
    /// <param name="key">Which one.</param>
    /// <param name="isLastTry">Whether what is missing now counts as missing for good.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>False when something is missing that a later pass may bring.</returns>
    public Task<bool> RestoreAsync(ItemKey key, bool isLastTry, CancellationToken cancellationToken) =>
        RestoreAsync(key, isCompanion: false, isLastTry, cancellationToken);

    private async Task<bool> RestoreAsync(ItemKey key, bool isCompanion, bool isLastTry, CancellationToken cancellationToken)
    {
        if (!context.Taken.TryAdd(key, true)
            || await context.Backup.ReadAsync(key.GroupResource, key.Namespace, key.Name, cancellationToken).ConfigureAwait(false) is not { } json)
        {
            return true;
        }

        var target = context.TargetOf(key.Namespace);
        var item = new KubernetesObject(json);
        if (item.Name != key.Name || item.Namespace != key.Namespace || item.Kind.Length == 0)
        {
            await context.FailAsync(target, $"the archive's entry for {key} holds another object: {item}", cancellationToken).ConfigureAwait(false);
            return true;
        }

        if (!isCompanion && !context.Filter.IncludesLabels(key.GroupResource, item))
        {
            // One that is selected may need it nevertheless.
            context.Taken.TryRemove(key, out _);
            return true;
        }

        var tree = item.ToTree();
        try
        {
            if (await context.Rules.OmissionAsync(key.GroupResource, tree, cancellationToken).ConfigureAwait(false) is { } omission)
            {
                if (omission.IsListed)
                {
                    context.Outcome.Items.Set(item.ApiVersion, item.Kind, target, key.Name, RestoredItems.Skipped);
                }

                await context.Log.InfoAsync($"not restoring {key}: {omission.Reason}", cancellationToken).ConfigureAwait(false);
                return true;
            }
        }
        catch (KubernetesException failure)
        {
            return await FailAsync(key, item, target, failure.Cause, cancellationToken).ConfigureAwait(false);
        }

        foreach (var companion in context.Rules.Companions(key.GroupResource, tree).Where(companion => context.Filter.IncludesCompanion(companion)))
        {
            await RestoreAsync(companion, isCompanion: true, isLastTry: true, cancellationToken).ConfigureAwait(false);
        }

        if (key.Namespace.Length > 0 && !await namespaces.EnsureAsync(key.Namespace, cancellationToken).ConfigureAwait(false))
        {
            context.Outcome.Items.Set(item.ApiVersion, item.Kind, target, key.Name, RestoredItems.Failed);
            return true;
        }

        try
        {
            foreach (var failure in await context.Rules.ApplyAsync(key.GroupResource, tree, target, cancellationToken).ConfigureAwait(false))
            {
                await context.FailAsync(target, failure, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (PreparationException failure)
        {
            context.Outcome.Items.Set(item.ApiVersion, item.Kind, target, key.Name, RestoredItems.Failed);
            await context.FailAsync(target, $"error preparing {key}: {failure.Cause}", cancellationToken).ConfigureAwait(false);
            return true;
        }

        var done = await ApplyAsync(key, KubernetesObject.FromTree(tree), tree, target, isLastTry, cancellationToken).ConfigureAwait(false);
        if (!done)
        {
            context.Taken.TryRemove(key, out _);
        }

        return done;
    }

    private async Task<bool> ApplyAsync(
        ItemKey key, KubernetesObject item, JsonObject tree, string target, bool isLastTry, CancellationToken cancellationToken)
    {
        var type = context.Types.Find(item.ApiVersion, key.Resource);
        if (type is null || type.Kind != item.Kind || type.Namespaced != (key.Namespace.Length > 0))
        {
            return isLastTry && await FailAsync(key, item, target, type is null
                ? $"the cluster does not serve {item.ApiVersion} {key.Resource}"
                : $"the cluster has {type} as {type.Kind}, {(type.Namespaced ? "in namespaces" : "in no namespace")}; the backup does not", cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await context.Cluster.CreateAsync(type, target, item, null, cancellationToken).ConfigureAwait(false);
            context.Outcome.Items.Set(item.ApiVersion, item.Kind, target, key.Name, RestoredItems.Created);
            await context.Log.InfoAsync($"created {key}{(target == key.Namespace ? "" : $" in {target}")}", cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (KubernetesApiException refusal) when (refusal.IsAlreadyExists || IsTakenPort(key, refusal))
        {
            return await _existing.MeetAsync(key, type, tree, target, refusal, cancellationToken).ConfigureAwait(false);
        }
        catch (KubernetesApiException refusal) when (!isLastTry && LacksSomething(refusal))
        {
            await context.Log.InfoAsync($"{key} has to wait: {refusal.Cause}", cancellationToken).ConfigureAwait(false);
            return false;
        }
        catch (KubernetesException failure)
        {
            return await FailAsync(key, item, target, failure.Cause, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> FailAsync(ItemKey key, KubernetesObject item, string target, string why, CancellationToken cancellationToken)
    {
        context.Outcome.Items.Set(item.ApiVersion, item.Kind, target, key.Name, RestoredItems.Failed);
        await context.FailAsync(target, $"error restoring {key}: {why}", cancellationToken).ConfigureAwait(false);
        return true;
    }

    // A service account, a priority class, a type that is not served yet, a webhook whose pods do not run yet.
    private static bool LacksSomething(KubernetesApiException refusal) => refusal.IsNotFound
        || (refusal.IsForbidden && refusal.Status.Message.Contains("not found", StringComparison.Ordinal))
        || (refusal.IsForbidden && refusal.Status.Message.Contains("no PriorityClass", StringComparison.Ordinal))
        || (refusal.IsInternalError && refusal.Status.Message.Contains("failed calling webhook", StringComparison.Ordinal));

    // A service with node ports of its own is refused for its ports before its name is looked at (Velero issue 2308).
    private static bool IsTakenPort(ItemKey key, KubernetesApiException refusal) => key.GroupResource == "services"
        && refusal.Status.Causes.Count > 0
        && refusal.Status.Causes.All(static cause => cause.Message.Contains("provided port is already allocated", StringComparison.Ordinal));
}
