namespace Aeos.Backup.Tests.Compatibility;

/// <summary>A rule of Velero's in docs/velero-compatibility.md.</summary>
/// <param name="Section">The heading that it stands under.</param>
/// <param name="Rule">What the rule is.</param>
/// <param name="Source">File and line in Velero's source.</param>
/// <param name="Status">What Aeos does.</param>
/// <param name="Tests">Tests that show it, as <c>Class.Method</c>.</param>
/// <param name="WhyWithoutCluster">Why no API server shows it; null: a test of the cluster suite does.</param>
internal sealed record CompatibilityRow(string Section, string Rule, string Source, string Status, IReadOnlyList<string> Tests, string? WhyWithoutCluster)
{
    /// <summary>The field that the rule is about, in the sections of fields; null in others.</summary>
    public string? Field => Rule.StartsWith('`') && Section.EndsWith("'s spec", StringComparison.Ordinal) ? Rule.Split('`')[1] : null;

    public override string ToString() => $"{Section}: {Rule}";
}
