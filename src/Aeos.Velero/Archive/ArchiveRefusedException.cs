namespace Aeos.Velero.Archive;

/// <summary>An archive that is not one of Velero's, is damaged or cut, or exceeds a bound. Nothing of it may be applied.</summary>
/// <param name="cause">What is wrong: one line, no full stop at its end.</param>
/// <param name="remedy">What to do: one line.</param>
/// <param name="innerException">The failure beneath, if there was one.</param>
public sealed class ArchiveRefusedException(string cause, string remedy, Exception? innerException = null)
    : AeosException(cause, remedy, innerException)
{
    /// <summary>What can be done about a damaged archive.</summary>
    public const string DamagedRemedy = "Restore from another copy of the backup, or from another backup.";

    internal static ArchiveRefusedException Damaged(string what, Exception? innerException = null) =>
        new($"The archive is damaged: {what}", DamagedRemedy, innerException);

    internal static ArchiveRefusedException Unbounded(string what) =>
        new($"The archive exceeds a bound: {what}", "No cluster has such objects; find out who wrote the archive, and restore from another backup.");
}
