using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary>What a backup's status says of encryption. One that was not begun has nothing in the bucket, encrypted or not.</summary>
internal static class SaidEncryption
{
    /// <summary>For a column.</summary>
    public static string Word(BackupStatus status) => Choose(status, "yes", "no", "<n/a>");

    /// <summary>For a description.</summary>
    public static string Field(BackupStatus status) => Choose(status, "yes, as the backup's document says", "no, as the backup's document says", "<n/a>, nothing was written");

    /// <summary>For the end of a line.</summary>
    public static string Phrase(BackupStatus status) => Choose(status, "encrypted", "not encrypted, as its status says", "nothing was written");

    private static string Choose(BackupStatus status, string yes, string no, string none) => status.Encryption is { IsEncrypted: true } ? yes
        : status is { Phase: null or "" or BackupPhase.New or BackupPhase.Queued or BackupPhase.ReadyToStart or BackupPhase.FailedValidation }
            or { Phase: BackupPhase.Failed, Version: null or 0, FormatVersion: null or "" } ? none
        : no;
}
