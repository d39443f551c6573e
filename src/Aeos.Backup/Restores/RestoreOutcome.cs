using Aeos.Backup.Restores.Reporting;

namespace Aeos.Backup.Restores;

/// <summary>What came of a restore.</summary>
public sealed class RestoreOutcome
{
    /// <summary>What could not be restored.</summary>
    public ResultLists Errors { get; } = new();

    /// <summary>What somebody should look at.</summary>
    public ResultLists Warnings { get; } = new();

    /// <summary>What became of each object.</summary>
    public RestoredItems Items { get; } = new();

    /// <summary>How many objects of the backup were selected.</summary>
    public int Total { get; internal set; }

    /// <summary>The phase: <c>Completed</c>, or <c>PartiallyFailed</c> when there are errors.</summary>
    public string Phase => Errors.Count == 0 ? Velero.Resources.BackupPhase.Completed : Velero.Resources.BackupPhase.PartiallyFailed;
}
