using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>An account that is in the cluster already gets what the backup's has besides (Velero 1.18, merge_service_account.go).</summary>
internal static class ServiceAccountMerge
{
    /// <summary>The account in the cluster, with secrets, image pull secrets, labels and annotations of the backup's; what both have stays the cluster's.</summary>
    public static JsonObject Merge(JsonObject inCluster, JsonObject fromBackup)
    {
        var merged = (JsonObject)inCluster.DeepClone();
        AddNamed(merged, fromBackup, "secrets");
        AddNamed(merged, fromBackup, "imagePullSecrets");
        foreach (var map in (ReadOnlySpan<string>)["labels", "annotations"])
        {
            foreach (var (name, value) in fromBackup.Child("metadata").Child(map) ?? [])
            {
                merged.Ensure("metadata").Ensure(map).TryAdd(name, value?.DeepClone());
            }
        }

        return merged;
    }

    private static void AddNamed(JsonObject merged, JsonObject fromBackup, string list)
    {
        foreach (var item in fromBackup.Children(list))
        {
            if (merged[list] is not JsonArray there)
            {
                merged[list] = there = [];
            }

            if (there.OfType<JsonObject>().All(other => other.Text("name") != item.Text("name")))
            {
                there.Add(item.DeepClone());
            }
        }
    }
}
