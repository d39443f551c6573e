namespace Aeos.Velero.Resources;

/// <summary>A command that is run in a restored pod's container.</summary>
public sealed record ExecRestoreHook
{
    /// <summary>The container; absent: the pod's first.</summary>
    public string? Container { get; set; }

    /// <summary>The command and its arguments.</summary>
    public IReadOnlyList<string>? Command { get; set; }

    /// <summary><c>Continue</c> or <c>Fail</c>; absent: <c>Continue</c>.</summary>
    public string? OnError { get; set; }

    /// <summary>How long the command may take, as Go writes durations; absent: 30 seconds.</summary>
    public string? ExecTimeout { get; set; }

    /// <summary>How long the container is waited for, as Go writes durations; absent: without end.</summary>
    public string? WaitTimeout { get; set; }

    /// <summary>Whether the container must be ready, and not only running.</summary>
    public bool? WaitForReady { get; set; }
}
