using System.Text.RegularExpressions;

namespace Aeos.Cli.Backups;

/// <summary>The order of a list of backups: by name, and those of one schedule, whose names end in a time, the newest first (Velero 1.18, backup_printer.go).</summary>
internal sealed partial class BackupOrder : IComparer<string>
{
    public static BackupOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (one, other) = (Timed().Match(x ?? ""), Timed().Match(y ?? ""));
        return one.Success && other.Success && one.Groups[1].ValueSpan.SequenceEqual(other.Groups[1].ValueSpan)
            ? string.CompareOrdinal(y, x)
            : string.CompareOrdinal(x, y);
    }

    [GeneratedRegex("^(.*)-[0-9]{14}$", RegexOptions.CultureInvariant)]
    private static partial Regex Timed();
}
