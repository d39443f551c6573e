namespace Aeos.Kubernetes.Requests;

/// <summary>How an object is written (meta/v1 CreateOptions, UpdateOptions, PatchOptions).</summary>
public sealed record WriteOptions
{
    /// <summary>The options that are used where none are given.</summary>
    public static WriteOptions Default { get; } = new();

    /// <summary>Who the fields belong to afterwards; null: the server takes the User-Agent's name. Required by <see cref="PatchType.Apply"/>.</summary>
    public string? FieldManager { get; init; }

    /// <summary>What happens to unknown and duplicate fields: <c>Ignore</c>, <c>Warn</c> or <c>Strict</c>; null: the server's default.</summary>
    public string? FieldValidation { get; init; }

    /// <summary>Whether the server only says what it would do.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether an apply takes fields from other managers.</summary>
    public bool Force { get; init; }

    /// <summary>What is written instead of the object itself, such as <c>status</c>.</summary>
    public string? Subresource { get; init; }
}
