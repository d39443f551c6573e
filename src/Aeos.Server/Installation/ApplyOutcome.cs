namespace Aeos.Server.Installation;

/// <summary>What became of an object of an installation.</summary>
public enum ApplyOutcome
{
    /// <summary>It was not there.</summary>
    Created,

    /// <summary>It was there and differed.</summary>
    Configured,

    /// <summary>It was there as it shall be.</summary>
    Unchanged,

    /// <summary>It is there and belongs to somebody else: it stays as it is.</summary>
    Kept,
}
