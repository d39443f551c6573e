using System.Security.Cryptography;
using Aeos.Backup;
using Aeos.Velero.Resources;

namespace Aeos.Server.Deletion;

/// <summary>Makes DeleteBackupRequests and finds those of a backup (Velero 1.18, pkg/backup/delete_helpers.go).</summary>
internal static class DeletionRequests
{
    public const string NameLabel = "velero.io/backup-name";

    public const string UidLabel = "velero.io/backup-uid";

    private const int SuffixLength = 5;
    private const int LongestPrefix = 240;

    /// <summary>A request to delete a backup, with a name of its own.</summary>
    public static DeleteBackupRequestDocument Create(BackupDocument backup, string @namespace)
    {
        // The letters that the API uses for generated names.
        var suffix = RandomNumberGenerator.GetString("bcdfghjklmnpqrstvwxz2456789", SuffixLength);
        var prefix = backup.Metadata.Name[..Math.Min(backup.Metadata.Name.Length, LongestPrefix)].TrimEnd('.', '-');
        return new DeleteBackupRequestDocument
        {
            Metadata = new DocumentMetadata { Name = $"{prefix}-{suffix}", Namespace = @namespace, Labels = Labelled(null, backup) },
            Spec = new DeleteBackupRequestSpec { BackupName = backup.Metadata.Name },
        };
    }

    /// <summary>A request's labels, with those that say which backup it is about where they are missing.</summary>
    public static Dictionary<string, string> Labelled(IReadOnlyDictionary<string, string>? labels, BackupDocument backup)
    {
        var all = new Dictionary<string, string>(labels ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        if (all.GetValueOrDefault(NameLabel) is null or "")
        {
            all[NameLabel] = LabelValue.Of(backup.Metadata.Name);
        }

        if (all.GetValueOrDefault(UidLabel) is null or "")
        {
            all[UidLabel] = backup.Metadata.Uid ?? "";
        }

        return all;
    }

    /// <summary>Selects the requests about backups of this name.</summary>
    public static string SelectorOf(string backupName) => $"{NameLabel}={LabelValue.Of(backupName)}";

    /// <summary>Selects the requests about this very backup.</summary>
    public static string SelectorOf(BackupDocument backup) => $"{SelectorOf(backup.Metadata.Name)},{UidLabel}={backup.Metadata.Uid}";
}
