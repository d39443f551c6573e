using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A command that a backup runs in a pod's container.</summary>
public sealed record ExecHook
{
    /// <summary>The container; absent: the pod's first.</summary>
    public string? Container { get; set; }

    /// <summary>The command and its arguments; no shell takes part.</summary>
    public IReadOnlyList<string>? Command { get; set; }

    /// <summary>What a failure means: <c>Fail</c> or <c>Continue</c>.</summary>
    public string? OnError { get; set; }

    /// <summary>How long it may take, as Go writes durations; absent or zero: 30 seconds, below zero: as long as it likes.</summary>
    public string? Timeout { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
