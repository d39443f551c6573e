using Aeos.Backup.Reporting;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Hooks;

/// <summary>How many hooks there were, and how many of them failed. Safe to share between threads.</summary>
internal sealed class HookCounts
{
    private int _attempted;
    private int _failed;

    /// <summary>Counts a hook that applies to a pod, whether it comes to run or not.</summary>
    public void Attempt() => Interlocked.Increment(ref _attempted);

    /// <summary>Counts one that failed.</summary>
    public void Fail() => Interlocked.Increment(ref _failed);

    /// <summary>The counts for a document.</summary>
    public HookStatus ToStatus() => new() { HooksAttempted = DocumentCount.Of(_attempted), HooksFailed = DocumentCount.Of(_failed) };
}
