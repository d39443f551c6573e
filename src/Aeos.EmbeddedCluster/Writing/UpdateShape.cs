using System.Text.Json.Nodes;
using Aeos.Embedded.Errors;
using Aeos.Embedded.Json;
using Aeos.Embedded.Types;

namespace Aeos.Embedded.Writing;

/// <summary>Which parts of an update count: a status only through its own path, system fields never, immutable ones not at all.</summary>
internal static class UpdateShape
{
    private static readonly string[] SystemFields =
        ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "selfLink", "generateName"];

    /// <summary>The object that the update asks for, out of the old one and the one that was sent.</summary>
    public static JsonObject Of(ResourceType type, JsonObject old, JsonObject sent, string? subresource)
    {
        switch (subresource)
        {
            case "status":
                var withStatus = (JsonObject)old.DeepClone();
                Take(sent, withStatus, "status");
                Take(sent.Metadata(), withStatus.Metadata(), "managedFields");
                return withStatus;
            case "finalize":
                var finalized = (JsonObject)old.DeepClone();
                Take(sent.Ensure("spec"), finalized.Ensure("spec"), "finalizers");
                return finalized;
            default:
                if (type.HasStatus)
                {
                    Take(old, sent, "status");
                }

                return sent;
        }
    }

    public static void KeepSystemFields(ResourceType type, JsonObject old, JsonObject node)
    {
        var (was, now) = (old.Metadata(), node.Metadata());
        foreach (var field in SystemFields)
        {
            Take(was, now, field);
        }

        now["name"] = was.Text("name");
        if (now["managedFields"] is null)
        {
            Take(was, now, "managedFields");
        }

        // An empty list means: forget who managed what.
        if (now["managedFields"] is JsonArray { Count: 0 } || (now["managedFields"] is JsonArray { Count: 1 } one && one[0] is JsonObject { Count: 0 }))
        {
            now.Remove("managedFields");
        }

        if (type.HasGeneration && !JsonNode.DeepEquals(Substance(type, old), Substance(type, node)))
        {
            now["generation"] = (was.Number("generation") ?? 0) + 1;
        }
    }

    public static IEnumerable<FieldProblem> Check(ResourceType type, JsonObject old, JsonObject node)
    {
        foreach (var path in type.ImmutableFields)
        {
            if (JsonPath.Find(old, path) is { } was && !JsonNode.DeepEquals(was, JsonPath.Find(node, path)))
            {
                yield return FieldProblem.Immutable(path);
            }
        }

        if (type.Plural is "secrets" or "configmaps" && old.Flag("immutable") == true
            && (node.Flag("immutable") != true
                || !JsonNode.DeepEquals(old["data"], node["data"])
                || !JsonNode.DeepEquals(old["binaryData"], node["binaryData"])))
        {
            yield return new FieldProblem("FieldValueForbidden", "data", "Forbidden: field is immutable when `immutable` is set");
        }

        if (old.Metadata()["deletionTimestamp"] is not null && node.Metadata().Texts("finalizers").Except(old.Metadata().Texts("finalizers")).Any())
        {
            yield return new FieldProblem(
                "FieldValueForbidden",
                "metadata.finalizers",
                "Forbidden: no new finalizers can be added if the object is being deleted");
        }
    }

    // What makes a new generation. A custom type's status is a field like any other unless it has its own path.
    private static JsonObject Substance(ResourceType type, JsonObject node)
    {
        var copy = (JsonObject)node.DeepClone();
        copy.Remove("metadata");
        if (type.HasStatus || !type.IsCustom)
        {
            copy.Remove("status");
        }

        return copy;
    }

    private static void Take(JsonObject from, JsonObject to, string name)
    {
        if (from[name] is { } value)
        {
            to[name] = value.DeepClone();
        }
        else
        {
            to.Remove(name);
        }
    }
}
