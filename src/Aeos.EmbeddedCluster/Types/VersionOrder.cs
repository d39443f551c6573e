using System.Globalization;
using System.Text.RegularExpressions;

namespace Aeos.Embedded.Types;

/// <summary>Kubernetes' order of versions: stable before beta before alpha, high before low, other names last by the alphabet.</summary>
internal sealed partial class VersionOrder : IComparer<string>
{
    public static VersionOrder BestFirst { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = (Rank(x!), Rank(y!));
        var order = right.CompareTo(left);
        return order != 0 ? order : string.CompareOrdinal(x, y);
    }

    private static (int Stability, int Major, int Minor) Rank(string version)
    {
        var match = Pattern().Match(version);
        if (!match.Success)
        {
            return (0, 0, 0);
        }

        var stability = match.Groups[2].Value switch { "" => 3, "beta" => 2, _ => 1 };
        var minor = match.Groups[3].Length == 0 ? 0 : int.Parse(match.Groups[3].ValueSpan, CultureInfo.InvariantCulture);
        return (stability, int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), minor);
    }

    [GeneratedRegex("^v([0-9]{1,6})(?:(alpha|beta)([0-9]{1,6}))?$")]
    private static partial Regex Pattern();
}
