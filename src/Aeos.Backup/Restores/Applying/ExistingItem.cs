using System.Text.Json.Nodes;
using Aeos.Backup.Restores.Preparing;
using Aeos.Backup.Restores.Reporting;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;

namespace Aeos.Backup.Restores.Applying;

/// <summary>What is done with an object that is in the cluster already: compared, and left or changed (Velero 1.18, pkg/restore/restore.go).</summary>
internal sealed class ExistingItem(RestoreContext context)
{
    public async Task<bool> MeetAsync(
        ItemKey key, ApiResource type, JsonObject wanted, string target, KubernetesApiException refusal, CancellationToken cancellationToken)
    {
        try
        {
            if (await context.Cluster.TryGetAsync(type, target, key.Name, cancellationToken).ConfigureAwait(false) is not { } there)
            {
                // Another service has the port, or the object went away in between.
                Note(type, key, target, RestoredItems.Failed);
                await context.FailAsync(target, $"error restoring {key}: {refusal.Cause}", cancellationToken).ConfigureAwait(false);
                return true;
            }

            await CompareAsync(key, type, there.ToTree(), wanted, target, cancellationToken).ConfigureAwait(false);
        }
        catch (KubernetesException failure)
        {
            Note(type, key, target, RestoredItems.Failed);
            await context.WarnAsync(target, $"{key} exists and could not be changed: {failure.Cause}", cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private async Task CompareAsync(ItemKey key, ApiResource type, JsonObject there, JsonObject wanted, string target, CancellationToken cancellationToken)
    {
        MetadataRules.Reset(there);
        MetadataRules.DropManagedFields(there);
        var labelled = (JsonObject)there.DeepClone();
        MetadataRules.AddLabels(labelled, context.Options);
        var differs = !JsonNode.DeepEquals(labelled, wanted);
        if (differs && key.GroupResource == "serviceaccounts")
        {
            await PatchAsync(key, type, MergePatch.Between(labelled, ServiceAccountMerge.Merge(labelled, wanted)), target, cancellationToken).ConfigureAwait(false);
        }
        else if (context.Options.UpdateExisting)
        {
            await PatchAsync(key, type, MergePatch.Between(there, wanted), target, cancellationToken).ConfigureAwait(false);
        }
        else if (differs)
        {
            Note(type, key, target, RestoredItems.Failed);
            await context.WarnAsync(
                target,
                $"could not restore, {type.Kind}:{key.Name} already exists. Warning: the in-cluster version is different than the backed-up version",
                cancellationToken).ConfigureAwait(false);
        }
        else
        {
            Note(type, key, target, RestoredItems.Skipped);
            await context.Log.InfoAsync($"{key} exists and is as in the backup", cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PatchAsync(ItemKey key, ApiResource type, JsonObject? patch, string target, CancellationToken cancellationToken)
    {
        if (patch is null)
        {
            Note(type, key, target, RestoredItems.Skipped);
            return;
        }

        await context.Cluster.PatchAsync(
            type, target, key.Name, PatchType.Merge, KubernetesObject.FromTree(patch).Json, null, cancellationToken).ConfigureAwait(false);
        Note(type, key, target, RestoredItems.Updated);
        await context.Log.InfoAsync($"updated {key}", cancellationToken).ConfigureAwait(false);
    }

    private void Note(ApiResource type, ItemKey key, string target, string action) =>
        context.Outcome.Items.Set(type.ApiVersion, type.Kind, target, key.Name, action);
}
