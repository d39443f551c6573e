using System.Text.Json.Nodes;
using Aeos.Backup.Restores.Reporting;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;

namespace Aeos.Backup.Restores.Applying;

/// <summary>What follows the creation of an object: its status where that was asked for, the owners of its fields, a pod's hooks (Velero 1.18, pkg/restore/restore.go).</summary>
internal sealed class CreatedItem(RestoreContext context)
{
    private const string StatusAnnotation = "velero.io/restore-status";
    private const int Attempts = 5;

    public async Task FinishAsync(PreparedItem item, KubernetesObject made, ItemReport report, CancellationToken cancellationToken)
    {
        var hasStatus = item.Status is not null && await IncludesStatusAsync(item, cancellationToken).ConfigureAwait(false)
            && await RestoreStatusAsync(item, made, report, cancellationToken).ConfigureAwait(false);
        if (item.Owners.PatchAfterCreation(item.Type.ApiVersion, hasStatus) is { } owners)
        {
            await PutOwnersAsync(item, owners, report, cancellationToken).ConfigureAwait(false);
        }

        if (item.Key.GroupResource == TypeNames.Definitions)
        {
            context.Types.Expect(item.Name);
        }

        if (item.Type.GroupResource == TypeNames.Pods)
        {
            await context.Hooks.AddAsync(made, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> IncludesStatusAsync(PreparedItem item, CancellationToken cancellationToken)
    {
        var asked = context.Filter.IncludesStatus(item.Key.GroupResource);
        switch (item.Tree.Child("metadata").Child("annotations").Text(StatusAnnotation).Trim().ToUpperInvariant())
        {
            case "TRUE":
                return true;
            case "FALSE":
                return false;
            case "":
                return asked;
            default:
                await context.Log.WarningAsync($"the annotation {StatusAnnotation} of {item} is neither true nor false and does not count", cancellationToken).ConfigureAwait(false);
                return asked;
        }
    }

    private async Task<bool> RestoreStatusAsync(PreparedItem item, KubernetesObject made, ItemReport report, CancellationToken cancellationToken)
    {
        var tree = (JsonObject)item.Tree.DeepClone();
        tree["status"] = item.Status!.DeepClone();
        var version = made.Metadata.ResourceVersion;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                tree.Ensure("metadata")["resourceVersion"] = version;
                await context.Cluster.UpdateAsync(
                    item.Type, item.Namespace, KubernetesObject.FromTree(tree), new WriteOptions { Subresource = "status" }, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (KubernetesApiException conflict) when (conflict.IsConflict && attempt < Attempts)
            {
                // A controller wrote to it meanwhile.
            }
            catch (KubernetesException failure)
            {
                await report.WarnAsync($"the status of {item} could not be restored: {failure.Cause}", cancellationToken).ConfigureAwait(false);
                return false;
            }

            var there = await context.Cluster.TryGetAsync(item.Type, item.Namespace, item.Name, cancellationToken).ConfigureAwait(false);
            version = there?.Metadata.ResourceVersion ?? version;
        }
    }

    private async Task PutOwnersAsync(PreparedItem item, JsonObject owners, ItemReport report, CancellationToken cancellationToken)
    {
        try
        {
            await context.Cluster.PatchAsync(
                item.Type, item.Namespace, item.Name, PatchType.Merge, KubernetesObject.FromTree(owners).Json, null, cancellationToken).ConfigureAwait(false);
        }
        catch (KubernetesApiException failure) when (failure.IsNotFound)
        {
            await report.WarnAsync($"{item} was gone when its managed fields were to be put back: {failure.Cause}", cancellationToken).ConfigureAwait(false);
        }
        catch (KubernetesException failure)
        {
            await report.FailAsync($"error patching the managed fields of {item}: {failure.Cause}", cancellationToken).ConfigureAwait(false);
        }
    }
}
