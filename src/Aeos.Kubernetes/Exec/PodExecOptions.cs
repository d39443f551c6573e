namespace Aeos.Kubernetes.Exec;

/// <summary>A command to run in a pod's container.</summary>
public sealed record PodExecOptions
{
    /// <summary>The command and its arguments; no shell takes part.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The container; null: the pod's first, or the one that its annotation names.</summary>
    public string? Container { get; init; }

    /// <summary>Where the command's standard output goes; null: nowhere.</summary>
    public Stream? StandardOutput { get; init; }

    /// <summary>Where the command's standard error goes; null: nowhere.</summary>
    public Stream? StandardError { get; init; }

    /// <summary>How long all of it may take, from the request to the exit status.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
