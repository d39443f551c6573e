using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>What every object loses before it is created, and the labels that it gets (Velero 1.18, pkg/restore/restore.go).</summary>
internal static class MetadataRules
{
    public const string BackupLabel = "velero.io/backup-name";
    public const string RestoreLabel = "velero.io/restore-name";

    /// <summary>Takes away what the old cluster's server and controllers said of the object. Finalizers stay.</summary>
    public static void Reset(JsonObject item)
    {
        item.Child("metadata").Drop(
            "generateName", "selfLink", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds",
            "ownerReferences");
        item.Drop("status");
    }

    /// <summary>Takes away who owned which field in the old cluster.</summary>
    public static void DropManagedFields(JsonObject item) => item.Child("metadata").Drop("managedFields");

    public static void AddLabels(JsonObject item, RestoreOptions options)
    {
        var labels = item.Ensure("metadata").Ensure("labels");
        labels[BackupLabel] = LabelValue.Of(options.BackupName);
        labels[RestoreLabel] = LabelValue.Of(options.Name);
    }
}
