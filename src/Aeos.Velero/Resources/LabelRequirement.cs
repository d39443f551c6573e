namespace Aeos.Velero.Resources;

/// <summary>One requirement of a <see cref="LabelSelector"/>.</summary>
public sealed record LabelRequirement
{
    /// <summary>The label.</summary>
    public string Key { get; set; } = "";

    /// <summary><c>In</c>, <c>NotIn</c>, <c>Exists</c> or <c>DoesNotExist</c>.</summary>
    public string Operator { get; set; } = "";

    /// <summary>The values, for the first two.</summary>
    public IReadOnlyList<string>? Values { get; set; }
}
