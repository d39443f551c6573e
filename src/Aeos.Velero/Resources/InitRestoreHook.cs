using System.Text.Json;

namespace Aeos.Velero.Resources;

/// <summary>Containers that are put before a restored pod's own.</summary>
public sealed record InitRestoreHook
{
    /// <summary>The containers, as a pod's <c>initContainers</c> has them.</summary>
    public IReadOnlyList<JsonElement>? InitContainers { get; set; }

    /// <summary>How long they may take, as Go writes durations.</summary>
    public string? Timeout { get; set; }
}
