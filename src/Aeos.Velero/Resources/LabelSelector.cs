namespace Aeos.Velero.Resources;

/// <summary>A label selector as resources write it.</summary>
public sealed record LabelSelector
{
    /// <summary>Labels with exactly these values.</summary>
    public IReadOnlyDictionary<string, string>? MatchLabels { get; set; }

    /// <summary>Further requirements; all must hold.</summary>
    public IReadOnlyList<LabelRequirement>? MatchExpressions { get; set; }
}
