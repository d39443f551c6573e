using System.Globalization;
using System.Text.Json.Nodes;
using Aeos.Embedded.Errors;
using Aeos.Embedded.Json;
using Aeos.Embedded.Rules;
using Aeos.Embedded.Storage;
using Aeos.Embedded.Types;

namespace Aeos.Embedded.Writing;

/// <summary>
/// Creates, changes and deletes objects under the rules that hold for every type; what is particular to a type is asked of
/// <see cref="TypeRules"/>. Each call is one step under the state's gate.
/// </summary>
internal sealed class ObjectWriter(ClusterState state, ResourceCatalog catalog, RuleBook rules, TimeProvider time, bool managedFields)
{
    private const int NameAttempts = 8;

    /// <summary>Stores a new object. The node is the writer's from here on.</summary>
    public StoredObject Create(ResourceType type, string? ns, JsonObject node, WriteOptions options)
    {
        lock (state.Gate)
        {
            var metadata = OwnMetadata(type, ns, node);
            if (metadata.Filled("resourceVersion") is not null and not "0")
            {
                throw ApiError.Internal("resourceVersion should not be set on objects to be created");
            }

            metadata.Remove("resourceVersion");
            var prefix = metadata.Filled("name") is null ? metadata.Filled("generateName") : null;
            if (prefix is not null)
            {
                metadata["name"] = FreeName(type, ns, prefix);
            }

            metadata["uid"] = Guid.NewGuid().ToString();
            metadata["creationTimestamp"] = Now();
            metadata.Remove("deletionTimestamp");
            metadata.Remove("deletionGracePeriodSeconds");
            metadata.Remove("selfLink");
            metadata.Remove("generation");
            if (type.HasGeneration)
            {
                metadata["generation"] = 1;
            }

            if (type.HasStatus && !options.KeepStatus)
            {
                node.Remove("status");
            }

            NamespaceAdmission.Check(state, catalog, type, ns, node.Name());
            Refuse(type, node, MetadataRules.Check(type, metadata));
            rules.Of(type).BeforeCreate(node, new RuleContext(state, catalog, type, time));
            if (state.Find(type, ns, node.Name()) is not null)
            {
                throw ApiError.AlreadyExists(type, node.Name());
            }

            Record(type, node, options, metadata["managedFields"] is null);
            if (options.DryRun)
            {
                return StoredObject.From(node, 0);
            }

            var stored = StoredObject.From(node, state.NextRevision());
            state.Put(type, null, stored);
            return stored;
        }
    }

    /// <summary>Changes an object that is there.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="ns">Its namespace; null where the type has none.</param>
    /// <param name="name">Its name.</param>
    /// <param name="change">Makes the new state out of a copy of the present one, which it may change and return.</param>
    /// <param name="options">How.</param>
    /// <returns>The new state, or the last one when the change was what a deletion waited for.</returns>
    public StoredObject Update(ResourceType type, string? ns, string name, Func<JsonObject, JsonObject> change, WriteOptions options)
    {
        lock (state.Gate)
        {
            var before = state.Find(type, ns, name) ?? throw ApiError.NotFound(type, name);
            var old = before.Read();
            var node = change(before.Read());
            node.Remove("kind");
            node.Remove("apiVersion");
            CheckPreconditions(type, before, node, options);
            node = UpdateShape.Of(type, old, node, options.Subresource);
            var metadata = OwnMetadata(type, ns, node);
            UpdateShape.KeepSystemFields(type, old, node);
            Refuse(type, node, [.. MetadataRules.Check(type, metadata), .. UpdateShape.Check(type, old, node)]);
            if (options.Subresource is null)
            {
                rules.Of(type).BeforeUpdate(node, old, new RuleContext(state, catalog, type, time));
            }

            metadata["resourceVersion"] = before.Revision.ToString(CultureInfo.InvariantCulture);
            if (JsonNode.DeepEquals(node, old))
            {
                return before;
            }

            Record(type, node, options, own: !ManagedFields.AloneDiffer(node, old));
            if (options.DryRun)
            {
                return StoredObject.From(node, before.Revision);
            }

            return Store(type, before, node);
        }
    }

    /// <summary>Deletes an object, or marks it as being deleted while finalizers hold it.</summary>
    /// <returns>The last state, and whether the object is gone.</returns>
    public (StoredObject Last, bool Gone) Delete(ResourceType type, string? ns, string name, DeleteOptions options)
    {
        lock (state.Gate)
        {
            var before = state.Find(type, ns, name) ?? throw ApiError.NotFound(type, name);
            if (options.Uid is { } uid && uid != before.Uid.ToString())
            {
                throw ApiError.Conflict(type, name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {before.Uid}");
            }

            if (options.ResourceVersion is { } version && version != before.Revision.ToString(CultureInfo.InvariantCulture))
            {
                throw ApiError.Conflict(
                    type,
                    name,
                    $"Precondition failed: ResourceVersion in precondition: {version}, ResourceVersion in object meta: {before.Revision}");
            }

            var node = before.Read();
            rules.Of(type).BeforeDelete(node, new RuleContext(state, catalog, type, time));
            if (options.DryRun)
            {
                return (before, !before.Deleting && !Finalizers.Hold(type, node));
            }

            if (options.Propagation == "Orphan")
            {
                Orphan(before);
            }
            else if (options.Propagation == "Foreground" && state.DependentsOf(before.Uid).Count > 0)
            {
                Finalizers.Add(node, Finalizers.Foreground);
            }

            var metadata = node.Metadata();
            if (Finalizers.Hold(type, node))
            {
                metadata.Default("deletionTimestamp", Now());
                metadata.Default("deletionGracePeriodSeconds", 0);
            }

            metadata["resourceVersion"] = before.Revision.ToString(CultureInfo.InvariantCulture);
            if (JsonNode.DeepEquals(node, before.Read()) && Finalizers.Hold(type, node))
            {
                return (before, false);
            }

            return Finalizers.Hold(type, node) ? (Store(type, before, node), false) : (Drop(type, before), true);
        }
    }

    /// <summary>Stores a state that controllers made, without the rules for clients.</summary>
    public StoredObject Store(ResourceType type, StoredObject before, JsonObject node)
    {
        if (node.Metadata()["deletionTimestamp"] is not null && !Finalizers.Hold(type, node))
        {
            return Drop(type, before);
        }

        var stored = StoredObject.From(node, state.NextRevision());
        state.Put(type, before, stored);
        return stored;
    }

    private StoredObject Drop(ResourceType type, StoredObject before)
    {
        state.Remove(type, before);
        return before;
    }

    private void Orphan(StoredObject owner)
    {
        foreach (var (type, key) in state.DependentsOf(owner.Uid))
        {
            var dependent = state.Of(type).Find(key)!;
            var node = dependent.Read();
            var references = node.Metadata().EnsureArray("ownerReferences");
            foreach (var reference in references.OfType<JsonObject>().Where(r => r.Text("uid") == owner.Uid.ToString()).ToList())
            {
                references.Remove(reference);
            }

            if (references.Count == 0)
            {
                node.Metadata().Remove("ownerReferences");
            }

            Store(type, dependent, node);
        }
    }

    private static JsonObject OwnMetadata(ResourceType type, string? ns, JsonObject node)
    {
        if (node["metadata"] is not null and not JsonObject)
        {
            throw ApiError.BadRequest("json: cannot unmarshal metadata: it is not an object");
        }

        var metadata = node.Metadata();
        if (!type.Namespaced)
        {
            metadata.Remove("namespace");
        }
        else if (metadata.Filled("namespace") is not { } given)
        {
            metadata["namespace"] = ns;
        }
        else if (given != ns)
        {
            throw ApiError.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }

        return metadata;
    }

    private string FreeName(ResourceType type, string? ns, string prefix)
    {
        var name = GeneratedName.From(prefix);
        for (var i = 1; i < NameAttempts && state.Find(type, ns, name) is not null; i++)
        {
            name = GeneratedName.From(prefix);
        }

        return name;
    }

    private static void CheckPreconditions(ResourceType type, StoredObject before, JsonObject node, WriteOptions options)
    {
        var metadata = node["metadata"] as JsonObject;
        if (metadata.Filled("name") is { } given && given != before.Name)
        {
            throw ApiError.BadRequest($"the name of the object ({given}) does not match the name on the URL ({before.Name})");
        }

        if (metadata.Filled("uid") is { } uid && uid != before.Uid.ToString())
        {
            throw ApiError.Conflict(type, before.Name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {before.Uid}");
        }

        var version = metadata.Filled("resourceVersion");
        if (version is null && (type.NeedsResourceVersion || type.IsCustom) && !options.IsPatch)
        {
            throw ApiError.Invalid(type, before.Name, FieldProblem.Invalid("metadata.resourceVersion", "0x0", "must be specified for an update"));
        }

        if (version is not null and not "0" && version != before.Revision.ToString(CultureInfo.InvariantCulture))
        {
            throw ApiError.Modified(type, before.Name);
        }

        if (metadata is not null && metadata["name"] is null)
        {
            metadata["name"] = before.Name;
        }
    }

    private static void Refuse(ResourceType type, JsonObject node, List<FieldProblem> problems)
    {
        if (problems.Count > 0)
        {
            throw ApiError.Invalid(type, node.Name(), problems);
        }
    }

    private void Record(ResourceType type, JsonObject node, WriteOptions options, bool own)
    {
        if (managedFields && own)
        {
            ManagedFields.Record(node, type.ApiVersion(type.Versions[0]), options, Now());
        }
    }

    private string Now() => time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
