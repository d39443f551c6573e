using Aeos.Backup;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary>The labels that requests to delete a backup are found by (Velero 1.18, pkg/cmd/cli/backup/delete.go).</summary>
internal static class DeletionLabels
{
    private const string Name = "velero.io/backup-name";
    private const string Uid = "velero.io/backup-uid";

    public static Dictionary<string, string> Of(BackupDocument backup) =>
        new() { [Name] = LabelValue.Of(backup.Metadata.Name), [Uid] = backup.Metadata.Uid ?? "" };
}
