using System.Text.Json.Nodes;
using Aeos.Backup.Restores.Preparing;
using Aeos.Backup.Restores.Reporting;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Restores.Applying;

/// <summary>What is done with an object that is in the cluster already: compared, and left or changed (Velero 1.18, pkg/restore/restore.go).</summary>
internal sealed class ExistingItem(RestoreContext context)
{
    public async Task<ItemAction> MeetAsync(PreparedItem item, KubernetesObject inCluster, ItemReport report, CancellationToken cancellationToken)
    {
        var there = inCluster.ToTree();
        MetadataRules.Reset(there);
        var owners = there.Child("metadata")?["managedFields"] as JsonArray;
        there.Child("metadata").Drop("managedFields");
        var hasOwners = item.Owners.AreLike(owners, there.Child("metadata").Child("labels").Text(MetadataRules.RestoreLabel).Length > 0);

        // The cluster's has other labels of a restore than this one's, if any; they do not count.
        var labelled = (JsonObject)there.DeepClone();
        MetadataRules.AddLabels(labelled, context.Options);
        if (hasOwners && JsonNode.DeepEquals(labelled, item.Tree))
        {
            return await LeaveAsync(item, there, report, cancellationToken).ConfigureAwait(false);
        }

        if (item.Key.GroupResource == TypeNames.ServiceAccounts)
        {
            return await MergeAccountAsync(item, there, labelled, report, cancellationToken).ConfigureAwait(false);
        }

        if (!context.Options.UpdateExisting)
        {
            // Velero's two wordings.
            var what = context.Options.Spec.ExistingResourcePolicy == ExistingResourcePolicies.None
                ? $"{item.Type.Kind} \"{item.Name}\"" : $"{item.Type.Kind}:{item.Name}";
            await report.WarnAsync(
                $"could not restore, {what} already exists. Warning: the in-cluster version is different than the backed-up version", cancellationToken).ConfigureAwait(false);
            return ItemAction.Failed;
        }

        var wanted = (JsonObject)item.Tree.DeepClone();
        if (!hasOwners)
        {
            item.Owners.PutInto(wanted);
        }

        if (!await UpdateAsync(item, there, wanted, report, cancellationToken).ConfigureAwait(false))
        {
            return Ended(report);
        }

        if (item.Key.GroupResource == TypeNames.Definitions)
        {
            // It may have versions now that it had not.
            context.Types.Expect(item.Name);
        }

        return ItemAction.Updated;
    }

    private async Task<ItemAction> LeaveAsync(PreparedItem item, JsonObject there, ItemReport report, CancellationToken cancellationToken)
    {
        if (context.Options.UpdateExisting)
        {
            await LabelAsync(item, there, report, cancellationToken).ConfigureAwait(false);
        }

        await context.Log.InfoAsync($"{item} already exists in the cluster and is the same as the backed up version", cancellationToken).ConfigureAwait(false);
        return Ended(report);
    }

    private async Task<ItemAction> MergeAccountAsync(PreparedItem item, JsonObject there, JsonObject labelled, ItemReport report, CancellationToken cancellationToken)
    {
        if (MergePatch.Between(labelled, ServiceAccountMerge.Merge(labelled, item.Tree)) is not { } patch)
        {
            return Ended(report);
        }

        try
        {
            await PatchAsync(item, patch, cancellationToken).ConfigureAwait(false);
            await context.Log.InfoAsync($"updated {item}", cancellationToken).ConfigureAwait(false);
            return ItemAction.Updated;
        }
        catch (KubernetesException failure)
        {
            await report.WarnAsync($"{item} exists and could not be changed: {failure.Cause}", cancellationToken).ConfigureAwait(false);
            if (context.Options.UpdateExisting)
            {
                await LabelAsync(item, there, report, cancellationToken).ConfigureAwait(false);
            }

            return Ended(report);
        }
    }

    private async Task<bool> UpdateAsync(PreparedItem item, JsonObject there, JsonObject wanted, ItemReport report, CancellationToken cancellationToken)
    {
        try
        {
            if (MergePatch.Between(there, wanted) is { } patch)
            {
                await PatchAsync(item, patch, cancellationToken).ConfigureAwait(false);
                await context.Log.InfoAsync($"updated {item}", cancellationToken).ConfigureAwait(false);
            }

            return true;
        }
        catch (KubernetesException failure)
        {
            await report.WarnAsync($"{item} exists and could not be changed: {failure.Cause}", cancellationToken).ConfigureAwait(false);
            await LabelAsync(item, there, report, cancellationToken).ConfigureAwait(false);
            return false;
        }
    }

    // An object that stays as it is still says which restore met it last.
    private async Task LabelAsync(PreparedItem item, JsonObject there, ItemReport report, CancellationToken cancellationToken)
    {
        var labelled = (JsonObject)there.DeepClone();
        MetadataRules.AddLabels(labelled, context.Options);
        try
        {
            if (MergePatch.Between(there, labelled) is { } patch)
            {
                await PatchAsync(item, patch, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (KubernetesException failure)
        {
            await report.FailAsync($"the labels of {item} could not be changed: {failure.Cause}", cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<KubernetesObject> PatchAsync(PreparedItem item, JsonObject patch, CancellationToken cancellationToken) => context.Cluster.PatchAsync(
        item.Type, item.Namespace, item.Name, PatchType.Merge, KubernetesObject.FromTree(patch).Json, null, cancellationToken);

    private static ItemAction Ended(ItemReport report) => report.HasMessages ? ItemAction.Failed : ItemAction.Skipped;
}
