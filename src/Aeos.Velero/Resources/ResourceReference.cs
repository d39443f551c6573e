namespace Aeos.Velero.Resources;

/// <summary>An object in the server's own namespace (core/v1, TypedLocalObjectReference).</summary>
public sealed record ResourceReference
{
    /// <summary>The group; absent or empty for the core.</summary>
    public string? ApiGroup { get; set; }

    /// <summary>The kind.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The name.</summary>
    public string Name { get; set; } = "";
}
