namespace Aeos.Backup.Restores;

/// <summary>A restore was refused before anything was applied.</summary>
/// <param name="cause">Why: one line, no full stop at its end.</param>
/// <param name="remedy">What to do: one line.</param>
public sealed class RestoreRefusedException(string cause, string remedy) : AeosException(cause, remedy);
