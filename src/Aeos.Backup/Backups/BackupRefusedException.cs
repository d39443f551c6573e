namespace Aeos.Backup.Backups;

/// <summary>A backup was refused before anything was written: Velero ends such a one as FailedValidation.</summary>
/// <param name="cause">Why: one line, no full stop at its end.</param>
/// <param name="remedy">What to do: one line.</param>
public sealed class BackupRefusedException(string cause, string remedy) : AeosException(cause, remedy);
