using System.Text.Json.Nodes;
using Aeos.Embedded.Json;

namespace Aeos.Embedded.Writing;

/// <summary>
/// Who wrote an object, coarsely: one entry for each manager and operation, naming the top-level fields of the object. Real servers go
/// down to the leaves; nothing here merges by it.
/// </summary>
internal static class ManagedFields
{
    public static void Record(JsonObject node, string apiVersion, WriteOptions options, string time)
    {
        var entries = node.Metadata().EnsureArray("managedFields");
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            if (entries[i] is JsonObject entry && entry.Text("manager") == options.Manager && entry.Text("operation") == options.Operation
                && entry.Filled("subresource") == options.Subresource)
            {
                entries.RemoveAt(i);
            }
        }

        var fields = new JsonObject();
        foreach (var (name, _) in node)
        {
            if (name is not ("apiVersion" or "kind" or "metadata") && (name == "status") == (options.Subresource == "status"))
            {
                fields["f:" + name] = new JsonObject();
            }
        }

        var made = new JsonObject
        {
            ["manager"] = options.Manager,
            ["operation"] = options.Operation,
            ["apiVersion"] = apiVersion,
            ["time"] = time,
            ["fieldsType"] = "FieldsV1",
            ["fieldsV1"] = fields,
        };
        if (options.Subresource is not null)
        {
            made["subresource"] = options.Subresource;
        }

        entries.Add((JsonNode)made);
    }

    /// <summary>Whether two states differ in who owns what and in nothing else: who writes that alone owns nothing by it.</summary>
    public static bool AloneDiffer(JsonObject one, JsonObject other)
    {
        if (JsonNode.DeepEquals(one.Metadata()["managedFields"], other.Metadata()["managedFields"]))
        {
            return false;
        }

        var (left, right) = ((JsonObject)one.DeepClone(), (JsonObject)other.DeepClone());
        left.Metadata().Remove("managedFields");
        right.Metadata().Remove("managedFields");
        return JsonNode.DeepEquals(left, right);
    }
}
