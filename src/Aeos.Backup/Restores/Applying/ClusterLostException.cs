namespace Aeos.Backup.Restores.Applying;

/// <summary>The cluster went away in the middle of a restore and did not come back in time.</summary>
/// <param name="cause">What happened: one line, no full stop at its end.</param>
/// <param name="remedy">What to do: one line.</param>
/// <param name="innerException">The last failure to reach it.</param>
public sealed class ClusterLostException(string cause, string remedy, Exception innerException) : AeosException(cause, remedy, innerException);
