namespace Aeos.Velero.Resources;

/// <summary>Types whose status is restored.</summary>
public sealed record RestoreStatusSpec
{
    /// <summary>The types; absent, empty or <c>*</c>: all.</summary>
    public IReadOnlyList<string>? IncludedResources { get; set; }

    /// <summary>Types that are left out.</summary>
    public IReadOnlyList<string>? ExcludedResources { get; set; }
}
