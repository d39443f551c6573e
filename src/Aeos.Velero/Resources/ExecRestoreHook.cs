using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A command that a restore runs in a restored pod's container.</summary>
public sealed record ExecRestoreHook
{
    /// <summary>The container; absent: the pod's first.</summary>
    public string? Container { get; set; }

    /// <summary>The command and its arguments; no shell takes part.</summary>
    public IReadOnlyList<string>? Command { get; set; }

    /// <summary>What a failure means: <c>Fail</c> (no more hooks in any pod) or <c>Continue</c>, which is also meant when it is absent.</summary>
    public string? OnError { get; set; }

    /// <summary>How long the command may take, as Go writes durations; absent or zero: 30 seconds, below zero: as long as it likes.</summary>
    public string? ExecTimeout { get; set; }

    /// <summary>How long the container is waited for, as Go writes durations; absent or not above zero: as long as it takes.</summary>
    public string? WaitTimeout { get; set; }

    /// <summary>Whether the container must be ready, not just running.</summary>
    public bool? WaitForReady { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
