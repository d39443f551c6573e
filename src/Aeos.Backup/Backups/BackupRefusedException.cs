namespace Aeos.Backup.Backups;

/// <summary>A backup was refused before anything was written: Velero ends such a one as FailedValidation.</summary>
/// <param name="cause">Why: one line, no full stop at its end.</param>
/// <param name="remedy">What to do: one line.</param>
/// <param name="problems">What is not possible, each by itself; null: the cause alone.</param>
public sealed class BackupRefusedException(string cause, string remedy, IReadOnlyList<string>? problems = null) : AeosException(cause, remedy)
{
    /// <summary>What is not possible, each by itself: <c>status.validationErrors</c>.</summary>
    public IReadOnlyList<string> Problems { get; } = problems ?? [cause];
}
