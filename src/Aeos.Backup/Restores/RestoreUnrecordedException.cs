namespace Aeos.Backup.Restores;

/// <summary>A restore was applied, and what it did could not be written into the bucket.</summary>
/// <param name="name">The restore's name.</param>
/// <param name="outcome">What was applied.</param>
/// <param name="failure">What the store said.</param>
public sealed class RestoreUnrecordedException(string name, RestoreOutcome outcome, Exception failure) : AeosException(
    $"the restore {name} was applied ({outcome}), but its records could not be written: {(failure as AeosException)?.Cause ?? failure.Message}",
    "What was applied is in the cluster. See to the store; a restore under another name tells again what is there and what is not.",
    failure)
{
    /// <summary>What was applied.</summary>
    public RestoreOutcome Outcome { get; } = outcome;
}
