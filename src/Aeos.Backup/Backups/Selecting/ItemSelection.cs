using Aeos.Backup.Keys;
using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Backups.Selecting;

/// <summary>Whether an item that was listed, or that another one takes along, is in the backup (Velero 1.18, itemInclusionChecks in pkg/backup/item_backupper.go).</summary>
internal sealed class ItemSelection(BackupPlan plan)
{
    public const string ExcludeLabel = "velero.io/exclude-from-backup";

    /// <summary>Why it is not; null when it is.</summary>
    /// <param name="step">The item's type.</param>
    /// <param name="item">The item.</param>
    /// <param name="mustInclude">Whether one that takes it along insists.</param>
    public string? WhyNot(TypeStep step, KubernetesObject item, bool mustInclude)
    {
        if (step.GroupResource == TypeNames.Secrets && HoldsKey(item))
        {
            return "it holds an encryption key, which is never part of a backup";
        }

        if (item.Metadata.IsBeingDeleted)
        {
            return "it is being deleted";
        }

        if (mustInclude)
        {
            return null;
        }

        if (item.Metadata.Labels.GetValueOrDefault(ExcludeLabel) == "true")
        {
            return $"it has the label {ExcludeLabel}=true";
        }

        if (item.Namespace.Length > 0)
        {
            return !plan.Namespaces.Includes(item.Namespace) ? "its namespace is excluded" : !step.IsListed ? "its type is excluded" : null;
        }

        return step.GroupResource != TypeNames.Namespaces && step.IsExcluded ? "its type is excluded" : null;
    }

    // A key of another name, from before or for later, would open other backups: none in the server's namespace is taken, with or without encryption.
    private bool HoldsKey(KubernetesObject secret)
        => plan.Request.Encryption?.IsFrom(secret.Namespace, secret.Name) == true
            || (secret.Namespace == plan.Request.Namespace && secret.ToTree().Child("data")?.ContainsKey(SecretKeyRetriever.Field) == true);
}
