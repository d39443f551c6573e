namespace Aeos.Backup.Restores.Modifying;

/// <summary>A patch does not fit an object. It becomes one of the restore's errors, and never reaches a caller of the engine.</summary>
internal sealed class PatchException(PatchProblem problem, string message) : Exception(message)
{
    /// <summary>What kind of misfit.</summary>
    public PatchProblem Problem { get; } = problem;
}
