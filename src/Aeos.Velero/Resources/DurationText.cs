using System.Buffers;
using System.Globalization;

namespace Aeos.Velero.Resources;

/// <summary>Durations as Go and so Velero's documents write them: <c>1h30m</c>, <c>1.5h</c>, <c>-1s</c>, <c>0</c>.</summary>
public static class DurationText
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private static readonly (string Unit, decimal Ticks)[] Units =
    [
        ("ns", 0.01m), ("us", TimeSpan.TicksPerMicrosecond), ("µs", TimeSpan.TicksPerMicrosecond), ("μs", TimeSpan.TicksPerMicrosecond),
        ("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour),
    ];

    /// <summary>Reads a duration; what is shorter than 100 nanoseconds is cut off.</summary>
    /// <param name="text">The duration.</param>
    /// <param name="duration">It, or zero.</param>
    /// <returns>False when it is none, or longer than Go's can be (292 years).</returns>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        var rest = text.AsSpan();
        var isNegative = rest is ['-', ..];
        rest = rest is ['-' or '+', ..] ? rest[1..] : rest;
        if (rest is "0")
        {
            return true;
        }

        var ticks = 0m;
        if (rest.IsEmpty)
        {
            return false;
        }

        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(NumberCharacters);
            if (digits <= 0 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            rest = rest[digits..];
            var unitLength = rest.IndexOfAny(NumberCharacters) is var next and >= 0 ? next : rest.Length;
            var unit = rest[..unitLength].ToString();
            rest = rest[unitLength..];
            var factor = Array.Find(Units, known => known.Unit == unit).Ticks;
            if (factor == 0 || number > long.MaxValue / factor || (ticks += number * factor) > long.MaxValue / 100)
            {
                return false;
            }
        }

        duration = TimeSpan.FromTicks((long)(isNegative ? -ticks : ticks));
        return true;
    }

    /// <summary>Writes a duration, such as <c>1h30m0s</c>, <c>30s</c> or <c>1.5s</c>; fractions of a second to 100 nanoseconds.</summary>
    /// <param name="duration">Any.</param>
    public static string Format(TimeSpan duration)
    {
        var sign = duration < TimeSpan.Zero ? "-" : "";
        var time = duration.Duration();
        var seconds = ((decimal)(time.Ticks % TimeSpan.TicksPerMinute) / TimeSpan.TicksPerSecond).ToString("0.#######", CultureInfo.InvariantCulture);
        return time.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{sign}{(long)time.TotalHours}h{time.Minutes}m{seconds}s")
            : time.TotalMinutes >= 1 ? $"{sign}{time.Minutes}m{seconds}s"
            : $"{sign}{seconds}s";
    }
}
