using System.Globalization;
using System.Text.RegularExpressions;

namespace Aeos.Backup.Restores.Selecting;

/// <summary>The order of API versions: stable ones first, the newest first, then beta, then alpha; other names last, by name (k8s.io/apimachinery/pkg/version).</summary>
internal sealed partial class KubeVersion : IComparer<string>
{
    /// <summary>Sorts the better version first.</summary>
    public static KubeVersion Order { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var (left, right) = (Rank(x ?? ""), Rank(y ?? ""));
        return left is null && right is null ? string.CompareOrdinal(x, y)
            : left is null ? 1
            : right is null ? -1
            : right.Value.CompareTo(left.Value);
    }

    private static (int Stability, long Major, long Minor)? Rank(string version)
    {
        var match = Form().Match(version);
        return !match.Success ? null
            : (match.Groups["stage"].Value switch { "" => 2, "beta" => 1, _ => 0 }, Number(match.Groups["major"]), Number(match.Groups["minor"]));
    }

    private static long Number(Group digits) => digits.Success ? long.Parse(digits.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("^v(?<major>[1-9][0-9]{0,8})((?<stage>alpha|beta)(?<minor>[1-9][0-9]{0,8}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
