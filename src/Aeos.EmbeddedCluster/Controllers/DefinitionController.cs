using System.Globalization;
using System.Text.Json.Nodes;
using Aeos.Embedded.Json;
using Aeos.Embedded.Rules;
using Aeos.Embedded.Storage;
using Aeos.Embedded.Types;
using Aeos.Embedded.Writing;

namespace Aeos.Embedded.Controllers;

/// <summary>Serves what definitions describe once they are Established, and removes the instances of those that are deleted.</summary>
internal sealed class DefinitionController(
    ClusterState state,
    ResourceCatalog catalog,
    ObjectWriter writer,
    Hold establishing,
    WorkQueue queue,
    TimeProvider time)
{
    private ResourceType Definitions => catalog["customresourcedefinitions.apiextensions.k8s.io"];

    public void Observe(ResourceType type, Change change)
    {
        if (type.QualifiedName == "customresourcedefinitions.apiextensions.k8s.io")
        {
            ObserveDefinition(change);
        }
        else if (type.IsCustom && change.Deleted)
        {
            queue.Add(() => Clean(type.QualifiedName));
        }
    }

    private void ObserveDefinition(Change change)
    {
        var definition = change.After!;
        if (change.Deleted)
        {
            catalog.Withdraw(definition.Name);
            RemoveApiServices(change.Before!.Read());
        }
        else if (definition.Deleting)
        {
            queue.Add(() => Clean(definition.Name));
        }
        else if (change.Before is null)
        {
            establishing.Add(() => Establish(definition.Name));
        }
        else if (IsEstablished(definition.Read()))
        {
            Serve(definition.Read());
        }
    }

    private void Establish(string name)
    {
        if (state.Find(Definitions, null, name) is not { Deleting: false } definition)
        {
            return;
        }

        var node = definition.Read();
        var status = node.Ensure("status");
        status["acceptedNames"] = node.Child("spec", "names")!.DeepClone();
        status["conditions"] = HasKindOfAnother(node)
            ? new JsonArray(
                Condition("NamesAccepted", "KindConflict", "another definition of the group has this kind", "False"),
                Condition("Established", "NotAccepted", "not all names are accepted", "False"))
            : new JsonArray(
                Condition("NamesAccepted", "NoConflicts", "no conflicts found"),
                Condition("Established", "InitialNamesAccepted", "the initial names have been accepted"));
        writer.Store(Definitions, definition, node);
    }

    private bool HasKindOfAnother(JsonObject definition)
    {
        var (group, kind) = (definition.Child("spec").Text("group"), definition.Child("spec", "names").Text("kind"));
        return catalog.Types.Any(type => type.Group == group && type.Kind == kind && type.QualifiedName != definition.Name());
    }

    private JsonObject Condition(string type, string reason, string message, string value = "True") => new()
    {
        ["type"] = type,
        ["status"] = value,
        ["reason"] = reason,
        ["message"] = message,
        ["lastTransitionTime"] = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    };

    private void Serve(JsonObject definition)
    {
        if (DefinitionRules.TypeOf(definition) is not { } type)
        {
            catalog.Withdraw(definition.Name());
            return;
        }

        catalog.Serve(type);
        foreach (var version in type.Versions)
        {
            ApiServices.Register(state, catalog, writer, type.Group, version, "true");
        }
    }

    private void RemoveApiServices(JsonObject definition)
    {
        var group = definition.Child("spec").Text("group")!;
        var served = catalog.VersionsOf(group);
        foreach (var version in definition.Child("spec").Objects("versions").Select(v => v.Text("name")!).Except(served))
        {
            ApiServices.Remove(state, catalog, writer, group, version);
        }
    }

    private void Clean(string name)
    {
        if (state.Find(Definitions, null, name) is not { Deleting: true } definition)
        {
            return;
        }

        var node = definition.Read();
        if (DefinitionRules.TypeOf(node) is { } type && IsEstablished(node))
        {
            foreach (var item in state.In(type, null).Where(i => !i.Deleting).ToList())
            {
                writer.Delete(type, item.Namespace, item.Name, new DeleteOptions());
            }

            if (!state.Of(type).Items.IsEmpty)
            {
                return;
            }
        }

        if (Finalizers.Remove(node, DefinitionRules.Finalizer))
        {
            writer.Store(Definitions, definition, node);
        }
    }

    private static bool IsEstablished(JsonObject definition) =>
        definition.Child("status").Objects("conditions").Any(c => c.Text("type") == "Established" && c.Text("status") == "True");
}
