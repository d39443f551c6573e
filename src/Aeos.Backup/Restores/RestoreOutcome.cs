using Aeos.Backup.Hooks;
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

    /// <summary>How many objects of the backup were looked at.</summary>
    public int Total { get; internal set; }

    /// <summary>Why the restore did not come to its end; null when it did.</summary>
    public string? FailureReason { get; internal set; }

    /// <summary>The phase: <c>Completed</c>, <c>PartiallyFailed</c> when there are errors, <c>Failed</c> when it did not come to its end.</summary>
    public string Phase => FailureReason is not null ? RestorePhase.Failed : Errors.Count == 0 ? RestorePhase.Completed : RestorePhase.PartiallyFailed;

    /// <summary>How its hooks went.</summary>
    internal HookCounts Hooks { get; } = new();

    /// <summary>Whether anything may have been applied.</summary>
    internal bool HasBegun { get; set; }

    /// <summary>In one line.</summary>
    public override string ToString() =>
        $"{Items.CountOf(ItemAction.Created)} created, {Items.CountOf(ItemAction.Updated)} updated, {Items.CountOf(ItemAction.Skipped)} skipped, "
        + $"{Items.CountOf(ItemAction.Failed) + Items.CountOf(ItemAction.Pending)} failed; {Errors.Count} errors, {Warnings.Count} warnings";
}
