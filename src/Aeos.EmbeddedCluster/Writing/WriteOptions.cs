namespace Aeos.Embedded.Writing;

/// <summary>How a create or update differs from the plain one.</summary>
internal sealed record WriteOptions
{
    /// <summary>Everything is checked and answered, nothing is stored.</summary>
    public bool DryRun { get; init; }

    /// <summary>The subresource that is written: <c>status</c>, <c>finalize</c> or null.</summary>
    public string? Subresource { get; init; }

    /// <summary>Whether a new object may bring its status along: only what is seeded directly.</summary>
    public bool KeepStatus { get; init; }

    /// <summary>Who writes, for managedFields.</summary>
    public string Manager { get; init; } = "unknown";

    /// <summary><c>Update</c>, or <c>Apply</c> for a server-side apply.</summary>
    public string Operation { get; init; } = "Update";

    /// <summary>Whether an update without a resource version is fine for every type: patches bring the version that they read.</summary>
    public bool IsPatch { get; init; }
}
