using System.Globalization;

namespace Aeos.Velero.Resources;

/// <summary>Points in time as Kubernetes' documents write them (RFC 3339, in UTC): <c>2026-01-31T07:05:00Z</c>.</summary>
public static class TimestampText
{
    /// <summary>Writes a time; fractions of a second are cut off.</summary>
    /// <param name="time">Any.</param>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads a time; one without a zone is in UTC.</summary>
    /// <param name="text">The time.</param>
    /// <param name="time">It.</param>
    /// <returns>False when it is none, or null.</returns>
    public static bool TryParse(string? text, out DateTimeOffset time)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
}
