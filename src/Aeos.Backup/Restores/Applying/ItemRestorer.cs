using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aeos.Backup.Restores.Preparing;
using Aeos.Backup.Restores.Reporting;
using Aeos.Encryption;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Restores.Applying;

/// <summary>Restores one object, after those that it needs: from the spool, prepared, into the cluster (Velero 1.18, restoreItem in pkg/restore/restore.go).</summary>
internal sealed class ItemRestorer(RestoreContext context, NamespaceRestorer namespaces)
{
    private readonly ItemWriter _writer = new(context);
    private readonly ConcurrentDictionary<ItemKey, Lazy<Task<bool>>> _companions = new();

    /// <summary>Restores it, if it is selected.</summary>
    /// <param name="key">Which one.</param>
    /// <param name="attempt">Whether it was tried before, or never will be again.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task RestoreAsync(ItemKey key, Attempt attempt, CancellationToken cancellationToken)
    {
        var report = new ItemReport(context, context.TargetOf(key.Namespace));
        if (await ReadAsync(key, report, cancellationToken).ConfigureAwait(false) is { } item
            && (attempt != Attempt.First || context.Filter.IncludesLabels(key.GroupResource, item)))
        {
            await TakeUpAsync(key, item, attempt, report, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<KubernetesObject?> ReadAsync(ItemKey key, ItemReport report, CancellationToken cancellationToken)
    {
        var json = await context.Backup.ReadAsync(key, context.Versions.GetValueOrDefault(key.GroupResource), cancellationToken).ConfigureAwait(false);
        try
        {
            var item = new KubernetesObject(json!);
            if (item.Name == key.Name && item.Namespace == key.Namespace && item.Kind.Length > 0)
            {
                return item;
            }

            await report.FailAsync($"error decoding {key}: the archive's entry holds another object, {Printable.Escape($"{item}")}", cancellationToken).ConfigureAwait(false);
        }
        catch (KubernetesException failure)
        {
            await report.FailAsync($"error decoding {key}: {failure.Cause}", cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    private async Task TakeUpAsync(ItemKey key, KubernetesObject item, Attempt attempt, ItemReport report, CancellationToken cancellationToken)
    {
        var target = context.TargetOf(key.Namespace);
        if (key.Namespace.Length > 0 && !await namespaces.EnsureAsync(key.Namespace, cancellationToken).ConfigureAwait(false))
        {
            context.Outcome.Items.Set(item.ApiVersion, item.Kind, target, key.Name, ItemAction.Failed);
            return;
        }

        ItemAction? action;
        try
        {
            action = await RestoreTreeAsync(key, item, item.ToTree(), attempt, report, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException or InvalidOperationException)
        {
            // A field of another type than its schema says, or one that is there twice.
            await report.FailAsync($"error decoding {key}: {failure.Message}", cancellationToken).ConfigureAwait(false);
            action = ItemAction.Failed;
        }

        if (action == ItemAction.Pending)
        {
            context.Waiting.Add(key);
        }
        else if (action is { } done)
        {
            context.Outcome.Items.Set(item.ApiVersion, item.Kind, target, key.Name, done);
        }
    }

    // Pending: something is missing that may come. Null: it is not listed, or was restored before.
    private async Task<ItemAction?> RestoreTreeAsync(
        ItemKey key, KubernetesObject item, JsonObject tree, Attempt attempt, ItemReport report, CancellationToken cancellationToken)
    {
        var target = context.TargetOf(key.Namespace);
        try
        {
            var omission = await context.Rules.OmissionAsync(key.GroupResource, tree, cancellationToken).ConfigureAwait(false);
            if (omission?.IsListed != false && attempt == Attempt.First && !context.Outcome.Items.TryBegin(item.ApiVersion, item.Kind, target, key.Name))
            {
                return null;
            }

            if (omission is not null)
            {
                await context.Log.InfoAsync($"not restoring {key}: {omission.Reason}", cancellationToken).ConfigureAwait(false);
                return omission.IsListed ? ItemAction.Skipped : null;
            }

            await RestoreCompanionsAsync(key, tree, report, cancellationToken).ConfigureAwait(false);
            return await ApplyAsync(key, tree, target, attempt, report, cancellationToken).ConfigureAwait(false);
        }
        catch (PreparationException failure)
        {
            await report.FailAsync($"error preparing {key}: {failure.Cause}", cancellationToken).ConfigureAwait(false);
        }
        catch (KubernetesException failure)
        {
            await report.FailAsync($"error restoring {key}: {failure.Cause}", cancellationToken).ConfigureAwait(false);
        }

        return ItemAction.Failed;
    }

    private async Task RestoreCompanionsAsync(ItemKey key, JsonObject tree, ItemReport report, CancellationToken cancellationToken)
    {
        foreach (var companion in context.Rules.Companions(key.GroupResource, tree).ToList())
        {
            // Several may need it: the first one restores it, and all of them wait for it.
            var restored = _companions.GetOrAdd(companion, _ => new Lazy<Task<bool>>(() => RestoreCompanionAsync(companion, key, cancellationToken)));
            report.Add(await restored.Value.ConfigureAwait(false));
        }
    }

    private async Task<bool> RestoreCompanionAsync(ItemKey companion, ItemKey neededBy, CancellationToken cancellationToken)
    {
        var report = new ItemReport(context, context.TargetOf(companion.Namespace));
        if (!context.Backup.Has(companion))
        {
            await report.WarnAsync($"unable to restore additional item {companion}, which {neededBy} needs: it is not in the backup", cancellationToken).ConfigureAwait(false);
        }
        else if (!context.Filter.IncludesCompanion(companion))
        {
            await context.Log.InfoAsync($"not restoring {companion}, which {neededBy} needs: it is excluded", cancellationToken).ConfigureAwait(false);
        }
        else if (await ReadAsync(companion, report, cancellationToken).ConfigureAwait(false) is { } item)
        {
            await TakeUpAsync(companion, item, Attempt.First, report, cancellationToken).ConfigureAwait(false);
        }

        return report.HasMessages;
    }

    private async Task<ItemAction> ApplyAsync(
        ItemKey key, JsonObject tree, string target, Attempt attempt, ItemReport report, CancellationToken cancellationToken)
    {
        var (kind, status, owners) = (tree.Text("kind"), tree["status"], tree.Child("metadata")?["managedFields"] as JsonArray);
        foreach (var failure in await context.Rules.ApplyAsync(key.GroupResource, tree, target, cancellationToken).ConfigureAwait(false))
        {
            await report.FailAsync(failure, cancellationToken).ConfigureAwait(false);
        }

        var apiVersion = tree.Text("apiVersion");
        var type = tree.Text("kind") == kind ? context.Types.Find(apiVersion, key.Resource) : context.Types.Catalog.FindKind(apiVersion, tree.Text("kind"));
        if (type is not null && type.Kind == tree.Text("kind") && type.Namespaced == (target.Length > 0))
        {
            var prepared = new PreparedItem(key, type, tree, target, status, new FieldOwners(owners));
            return await _writer.WriteAsync(prepared, attempt, report, cancellationToken).ConfigureAwait(false);
        }

        if (type is null && attempt != Attempt.Last && context.Types.MayCome(key.GroupResource, apiVersion))
        {
            return ItemAction.Pending;
        }

        var why = type is null ? context.Types.WhyMissing(key, apiVersion)
            : $"the cluster has {type} as {type.Kind}, {(type.Namespaced ? "in namespaces" : "in no namespace")}; the backup does not";
        await report.FailAsync($"error restoring {key}: {why}", cancellationToken).ConfigureAwait(false);
        return ItemAction.Failed;
    }
}
