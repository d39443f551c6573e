using Aeos.Backup.Restores.Reporting;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Restores;

/// <summary>What came of a restore.</summary>
public sealed class RestoreOutcome
{
    /// <summary>Errors and warnings.</summary>
    public OperationResults Results { get; } = new();

    /// <summary>What could not be restored.</summary>
    public ResultMessages Errors => Results.Errors;

    /// <summary>What somebody should look at.</summary>
    public ResultMessages Warnings => Results.Warnings;

    /// <summary>What became of each object.</summary>
    public RestoredItems Items { get; } = new();

    /// <summary>How many objects of the backup were selected.</summary>
    public int Total { get; internal set; }

    /// <summary>The phase: <c>Completed</c>, or <c>PartiallyFailed</c> when there are errors.</summary>
    public string Phase => Errors.Count == 0 ? BackupPhase.Completed : BackupPhase.PartiallyFailed;
}
