using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Records;

/// <summary>A Restore (<c>velero.io/v1</c>) as it is kept in the bucket: what was asked for, and what came of it.</summary>
public sealed record RestoreSummary
{
    /// <summary>The restore's name.</summary>
    public required string Name { get; init; }

    /// <summary>The backup's name.</summary>
    public required string BackupName { get; init; }

    /// <summary>The phase: <c>Completed</c> or <c>PartiallyFailed</c>.</summary>
    public required string Phase { get; init; }

    /// <summary>When it began, RFC 3339.</summary>
    public required string StartTimestamp { get; init; }

    /// <summary>When it ended, RFC 3339.</summary>
    public required string CompletionTimestamp { get; init; }

    /// <summary>Errors in the results.</summary>
    public int Errors { get; init; }

    /// <summary>Warnings in the results.</summary>
    public int Warnings { get; init; }

    /// <summary>Objects that were selected.</summary>
    public int TotalItems { get; init; }

    /// <summary>Objects that something became of.</summary>
    public int ItemsRestored { get; init; }

    /// <summary>The Restore's JSON.</summary>
    /// <param name="options">What was asked for; null: the name and the backup's name alone.</param>
    public JsonObject ToTree(RestoreOptions? options = null)
    {
        var spec = new JsonObject { ["backupName"] = BackupName };
        if (options is not null)
        {
            AddList(spec, "includedNamespaces", options.IncludedNamespaces);
            AddList(spec, "excludedNamespaces", options.ExcludedNamespaces);
            AddList(spec, "includedResources", options.IncludedResources);
            AddList(spec, "excludedResources", options.ExcludedResources);
            if (options.NamespaceMappings.Count > 0)
            {
                var mapping = spec.Ensure("namespaceMapping");
                foreach (var (from, to) in options.NamespaceMappings)
                {
                    mapping[from] = to;
                }
            }

            if (options.IncludeClusterResources is { } cluster)
            {
                spec["includeClusterResources"] = cluster;
            }

            spec["existingResourcePolicy"] = options.UpdateExisting ? "update" : "none";
        }

        return new JsonObject
        {
            ["kind"] = "Restore",
            ["apiVersion"] = "velero.io/v1",
            ["metadata"] = new JsonObject { ["name"] = Name, ["creationTimestamp"] = StartTimestamp },
            ["spec"] = spec,
            ["status"] = new JsonObject
            {
                ["phase"] = Phase,
                ["startTimestamp"] = StartTimestamp,
                ["completionTimestamp"] = CompletionTimestamp,
                ["errors"] = Errors,
                ["warnings"] = Warnings,
                ["progress"] = new JsonObject { ["totalItems"] = TotalItems, ["itemsRestored"] = ItemsRestored },
            },
        };
    }

    /// <summary>Reads what <see cref="ToTree"/> made.</summary>
    /// <param name="utf8">The object's content.</param>
    /// <param name="source">Its key, for the error.</param>
    /// <exception cref="AeosException">It is no Restore's JSON.</exception>
    public static RestoreSummary Parse(ReadOnlySpan<byte> utf8, string source)
    {
        try
        {
            if (JsonNode.Parse(utf8) is JsonObject tree && tree.Text("kind") == "Restore")
            {
                var status = tree.Child("status");
                return new RestoreSummary
                {
                    Name = tree.Child("metadata").Text("name"),
                    BackupName = tree.Child("spec").Text("backupName"),
                    Phase = status.Text("phase"),
                    StartTimestamp = status.Text("startTimestamp"),
                    CompletionTimestamp = status.Text("completionTimestamp"),
                    Errors = Number(status, "errors"),
                    Warnings = Number(status, "warnings"),
                    TotalItems = Number(status.Child("progress"), "totalItems"),
                    ItemsRestored = Number(status.Child("progress"), "itemsRestored"),
                };
            }
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new AeosException($"\"{source}\" does not hold a Restore's JSON", "It was damaged or put there by something else: remove it.");
    }

    private static int Number(JsonObject? node, string name) => node?[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : 0;

    private static void AddList(JsonObject spec, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            spec[name] = new JsonArray([.. values.Select(static value => (JsonNode)value)]);
        }
    }
}
