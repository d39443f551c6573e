namespace Aeos.Backup.Restores.Modifying;

/// <summary>Why a patch does not fit an object.</summary>
internal enum PatchProblem
{
    /// <summary>A value is another than the one that was tested for.</summary>
    TestFailed,

    /// <summary>A path leads nowhere.</summary>
    Missing,

    /// <summary>Anything else: an index that is none, a list entry without its key.</summary>
    Other,
}
