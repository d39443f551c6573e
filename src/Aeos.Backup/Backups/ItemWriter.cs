using Aeos.Backup.Backups.Actions;
using Aeos.Backup.Backups.Selecting;
using Aeos.Backup.Hooks;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Backups;

/// <summary>Takes single items into the backup: decides, runs the type's action, writes, and asks for what follows from the item.</summary>
internal sealed class ItemWriter
{
    private readonly KubernetesClient _cluster;
    private readonly BackupPlan _plan;
    private readonly ItemRecorder _recorder;
    private readonly BackupPodHooks _hooks;
    private readonly ItemSelection _selection;
    private readonly Companions _companions = new();
    private readonly Dictionary<string, IItemAction> _actions;
    private readonly SortedSet<string> _types = new(StringComparer.Ordinal);

    public ItemWriter(KubernetesClient cluster, BackupPlan plan, ItemRecorder recorder, BackupPodHooks hooks)
    {
        (_cluster, _plan, _recorder, _hooks, _selection) = (cluster, plan, recorder, hooks, new ItemSelection(plan));
        IItemAction[] actions = [new PodAction(), new ClaimAction(plan.Request.Name), new ServiceAccountAction(cluster, plan.Catalog), new DefinitionAction(cluster, plan)];
        _actions = actions.ToDictionary(static action => action.GroupResource, StringComparer.Ordinal);
    }

    /// <summary>The types that have items in the backup, such as <c>deployments.apps</c>.</summary>
    public IReadOnlyCollection<string> Types => _types;

    /// <summary>Takes an item that a list brought.</summary>
    public async Task WriteListedAsync(TypeStep step, KubernetesObject item, CancellationToken cancellationToken)
    {
        var mustInclude = false;
        if (step.IsPreferred && _companions.Concerns(step.GroupResource))
        {
            var key = KeyOf(step, item);
            if (_companions.IsDone(key))
            {
                return;
            }

            mustInclude = _companions.TakeFromList(key);
        }

        await WriteAsync(step, item, mustInclude, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes items that come before their list, which brings them again: hooks of pods run before the first and after the last.</summary>
    public async Task WriteFirstAsync(TypeStep step, IReadOnlyList<KubernetesObject> items, CancellationToken cancellationToken)
    {
        var ready = new List<KubernetesObject>();
        try
        {
            foreach (var item in items)
            {
                if (await PrepareAsync(step, item, false, cancellationToken).ConfigureAwait(false))
                {
                    ready.Add(item);
                }
            }

            foreach (var item in ready)
            {
                await TakeAsync(step, item, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            await BreakOffAsync(step, ready).ConfigureAwait(false);
            throw;
        }

        foreach (var item in ready)
        {
            await EndAsync(step, item, cancellationToken).ConfigureAwait(false);
        }

        foreach (var item in items)
        {
            _companions.Note(KeyOf(step, item));
        }
    }

    /// <summary>Fetches what was asked for of a type and was not listed.</summary>
    public async Task WriteCompanionsAsync(string groupResource, CancellationToken cancellationToken)
    {
        foreach (var (item, mustInclude) in _companions.TakeRest(groupResource))
        {
            await WriteCompanionAsync(item, mustInclude, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Fetches all that was asked for and is not there yet.</summary>
    public async Task WriteCompanionsAsync(CancellationToken cancellationToken)
    {
        while (_companions.Types is { Count: > 0 } types)
        {
            foreach (var type in types)
            {
                await WriteCompanionsAsync(type, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task WriteCompanionAsync(ItemKey key, bool mustInclude, CancellationToken cancellationToken)
    {
        if (_companions.IsDone(key))
        {
            return;
        }

        var (plural, group) = TypeNames.Split(key.GroupResource);
        if (_plan.Catalog.FindExact(group, plural) is not { } type)
        {
            await _recorder.ErrorAsync(key.Namespace, $"{Text(key)} belongs to the backup, and the server has no such type", cancellationToken).ConfigureAwait(false);
            return;
        }

        try
        {
            if (await _cluster.TryGetAsync(type, key.Namespace, key.Name, cancellationToken).ConfigureAwait(false) is not { } item)
            {
                await _recorder.WarnAsync(key.Namespace, $"{Text(key)} belongs to the backup, and is not there", cancellationToken).ConfigureAwait(false);
            }
            else if (await WriteAsync(new TypeStep(type, _plan.Resources, isPreferred: true), item, mustInclude, cancellationToken).ConfigureAwait(false))
            {
                _companions.Note(key);
            }
        }
        catch (KubernetesApiException e)
        {
            await _recorder.ErrorAsync(key.Namespace, $"{Text(key)} belongs to the backup, and could not be read: {e.Cause}", cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> WriteAsync(TypeStep step, KubernetesObject item, bool mustInclude, CancellationToken cancellationToken)
    {
        if (!await PrepareAsync(step, item, mustInclude, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        bool isTaken;
        try
        {
            isTaken = await TakeAsync(step, item, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await BreakOffAsync(step, [item]).ConfigureAwait(false);
            throw;
        }

        await EndAsync(step, item, cancellationToken).ConfigureAwait(false);
        return isTaken;
    }

    // Whether the item is to be taken; a pod is then ready for it.
    private async ValueTask<bool> PrepareAsync(TypeStep step, KubernetesObject item, bool mustInclude, CancellationToken cancellationToken)
    {
        if (_selection.WhyNot(step, item, mustInclude) is not { } why)
        {
            return step.GroupResource != TypeNames.Pods || await _hooks.RunPreAsync(item, cancellationToken).ConfigureAwait(false);
        }

        await _recorder.InfoAsync($"Left out {Text(KeyOf(step, item))}: {why}", cancellationToken).ConfigureAwait(false);
        return false;
    }

    private Task EndAsync(TypeStep step, KubernetesObject item, CancellationToken cancellationToken)
        => step.GroupResource == TypeNames.Pods ? _hooks.RunPostAsync(item, cancellationToken) : Task.CompletedTask;

    // Post hooks undo what pre hooks did, such as freezing a file system: they run also when the backup ends in between.
    private async Task BreakOffAsync(TypeStep step, IReadOnlyList<KubernetesObject> items)
    {
        foreach (var item in items)
        {
            try
            {
                await EndAsync(step, item, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is IOException or AeosException or KubernetesException or InvalidOperationException)
            {
                // What led here is the failure to tell.
            }
        }
    }

    private static ItemKey KeyOf(TypeStep step, KubernetesObject item) => new(step.GroupResource, item.Namespace, item.Name);

    private static string Text(ItemKey item) => item.Namespace.Length == 0 ? $"{item.GroupResource} {item.Name}" : $"{item.GroupResource} {item.Namespace}/{item.Name}";

    private async Task<bool> TakeAsync(TypeStep step, KubernetesObject item, CancellationToken cancellationToken)
    {
        if (_actions.TryGetValue(step.GroupResource, out var action))
        {
            if (item.Metadata.Annotations.ContainsKey(Annotations.Skip))
            {
                await _recorder.InfoAsync($"Left out {Text(KeyOf(step, item))}: it has the annotation {Annotations.Skip}", cancellationToken).ConfigureAwait(false);
                return false;
            }

            item = await RunAsync(action, step, item, cancellationToken).ConfigureAwait(false);
        }

        if (!await _recorder.WriteAsync(step, item, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        _types.Add(step.GroupResource);
        if (step.GroupResource == TypeNames.Volumes)
        {
            await _recorder.AddVolumeAsync(item, cancellationToken).ConfigureAwait(false);
        }
        else if (step.GroupResource == TypeNames.Claims)
        {
            await _recorder.WarnAsync(
                item.Namespace, $"persistentvolumeclaims/{item.Name}: the claim is in the backup, the data of its volume is not", cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private async Task<KubernetesObject> RunAsync(IItemAction action, TypeStep step, KubernetesObject item, CancellationToken cancellationToken)
    {
        try
        {
            var result = await action.RunAsync(item, cancellationToken).ConfigureAwait(false);
            var mustInclude = item.Metadata.Annotations.GetValueOrDefault(Annotations.MustInclude) == "true";
            foreach (var companion in result.Companions)
            {
                _companions.Want(companion, mustInclude);
            }

            // With hooks, all that the pod writes to is taken between the first and the last.
            if (step.GroupResource == TypeNames.Pods && result.Companions.Count > 0 && _hooks.Concerns(item))
            {
                await WriteCompanionsAsync(cancellationToken).ConfigureAwait(false);
            }

            return result.Item;
        }
        catch (KubernetesApiException e)
        {
            await _recorder.ErrorAsync(item.Namespace, $"what belongs to {Text(KeyOf(step, item))} is not in the backup: {e.Cause}", cancellationToken).ConfigureAwait(false);
            return item;
        }
    }
}
