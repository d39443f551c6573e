namespace Aeos.Backup.Restores.Preparing;

/// <summary>One object cannot be made into what is to be created; the rest of the restore goes on.</summary>
/// <param name="cause">Why: one line, no full stop at its end.</param>
/// <param name="remedy">What to do: one line.</param>
/// <param name="innerException">The failure beneath, if there was one.</param>
public sealed class PreparationException(string cause, string remedy, Exception? innerException = null) : AeosException(cause, remedy, innerException);
