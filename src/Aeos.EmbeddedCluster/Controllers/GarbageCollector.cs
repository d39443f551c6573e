using Aeos.Embedded.Storage;
using Aeos.Embedded.Types;
using Aeos.Embedded.Writing;

namespace Aeos.Embedded.Controllers;

/// <summary>
/// Deletes objects whose owners are all gone, also those that were created with owners that never were (a restore that keeps old owner
/// references learns that here), and finishes foreground deletions.
/// </summary>
internal sealed class GarbageCollector(ClusterState state, ObjectWriter writer, WorkQueue queue)
{
    public void Observe(ResourceType type, Change change)
    {
        if (change.Deleted)
        {
            var uid = change.Before!.Uid;
            if (state.DependentsOf(uid).Count > 0)
            {
                queue.Add(() => CollectDependents(uid));
            }

            foreach (var owner in change.Before.Owners)
            {
                queue.Add(() => FinishForeground(owner));
            }
        }
        else
        {
            var item = change.After!;
            if (item.Owners.Length > 0)
            {
                queue.Add(() => CollectIfOrphan(type, item.Key));
            }

            if (item.Deleting)
            {
                queue.Add(() => StartForeground(type, item.Key));
            }
        }
    }

    private void CollectDependents(Guid owner)
    {
        foreach (var (type, key) in state.DependentsOf(owner))
        {
            CollectIfOrphan(type, key);
        }
    }

    private void CollectIfOrphan(ResourceType type, string key)
    {
        if (state.Of(type).Find(key) is { Deleting: false } item && item.Owners.Length > 0 && !item.Owners.Any(state.Exists))
        {
            writer.Delete(type, item.Namespace, item.Name, new DeleteOptions { Uid = item.Uid.ToString() });
        }
    }

    private void StartForeground(ResourceType type, string key)
    {
        if (state.Of(type).Find(key) is not { Deleting: true } owner || !IsForeground(owner))
        {
            return;
        }

        foreach (var (dependentType, dependentKey) in state.DependentsOf(owner.Uid))
        {
            if (state.Of(dependentType).Find(dependentKey) is { Deleting: false } dependent)
            {
                writer.Delete(dependentType, dependent.Namespace, dependent.Name, new DeleteOptions { Propagation = "Foreground" });
            }
        }

        Finish(type, owner);
    }

    private void FinishForeground(Guid uid)
    {
        if (state.Locate(uid) is var (type, key) && state.Of(type).Find(key) is { Deleting: true } owner && IsForeground(owner))
        {
            Finish(type, owner);
        }
    }

    private void Finish(ResourceType type, StoredObject owner)
    {
        if (state.DependentsOf(owner.Uid).Count > 0)
        {
            return;
        }

        var node = owner.Read();
        if (Finalizers.Remove(node, Finalizers.Foreground))
        {
            writer.Store(type, owner, node);
        }
    }

    private static bool IsForeground(StoredObject item) => item.Body.AsSpan().IndexOf("\"foregroundDeletion\""u8) >= 0;
}
