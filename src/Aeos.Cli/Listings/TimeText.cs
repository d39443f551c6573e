using System.Globalization;
using Aeos.Encryption;

namespace Aeos.Cli.Listings;

/// <summary>Times as Velero's client prints them.</summary>
internal static class TimeText
{
    private const string NotThere = "<n/a>";

    /// <summary>A document's time, RFC 3339, in the form of Go's times.</summary>
    public static string Of(string? time) => time is not { Length: > 0 } ? NotThere
        : TryParse(time, out var read) ? read.ToString("yyyy-MM-dd HH:mm:ss '+0000 UTC'", CultureInfo.InvariantCulture)
        : Printable.Escape(time);

    /// <summary>How long it is until then, or was: <c>29d</c>, <c>3h ago</c>.</summary>
    /// <param name="time">RFC 3339.</param>
    /// <param name="now">The clock's time.</param>
    public static string FromNow(string? time, DateTimeOffset now) => time is null || !TryParse(time, out var then) ? "n/a"
        : then >= now ? Short(then - now)
        : $"{Short(now - then)} ago";

    private static bool TryParse(string time, out DateTimeOffset read) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out read);

    // One unit, rounded down, as kubectl has it.
    private static string Short(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(time.TotalDays, time.TotalHours, time.TotalMinutes) switch
    {
        ( >= 365, _, _) => $"{(long)time.TotalDays / 365}y",
        ( >= 1, _, _) => $"{(long)time.TotalDays}d",
        (_, >= 1, _) => $"{(long)time.TotalHours}h",
        (_, _, >= 1) => $"{(long)time.TotalMinutes}m",
        _ => $"{(long)time.TotalSeconds}s",
    }}");
}
