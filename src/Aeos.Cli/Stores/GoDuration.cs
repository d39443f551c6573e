using System.Buffers;
using System.Globalization;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Stores;

/// <summary>Durations as Go and so Velero write them: numbers with units, as in <c>1h30m</c> or <c>1.5h</c>.</summary>
internal static class GoDuration
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private static readonly (string Unit, decimal Ticks)[] Units =
    [
        ("ns", 0.01m), ("us", TimeSpan.TicksPerMicrosecond), ("µs", TimeSpan.TicksPerMicrosecond), ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour),
    ];

    /// <summary>Reads a duration above zero.</summary>
    /// <exception cref="UsageException">It is none, or longer than there is time.</exception>
    public static TimeSpan Parse(string text, string option)
    {
        var rest = text.AsSpan();
        decimal ticks = 0;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(NumberCharacters);
            if (digits <= 0 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                throw Refuse(text, option);
            }

            rest = rest[digits..];
            var unitLength = rest.IndexOfAny(NumberCharacters) is var next and >= 0 ? next : rest.Length;
            var unit = rest[..unitLength].ToString();
            rest = rest[unitLength..];
            var factor = Array.Find(Units, known => known.Unit == unit).Ticks;
            if (factor == 0 || number > long.MaxValue / factor)
            {
                throw Refuse(text, option);
            }

            ticks += number * factor;
        }

        return ticks is >= 1 and <= long.MaxValue ? TimeSpan.FromTicks((long)ticks) : throw Refuse(text, option);
    }

    private static UsageException Refuse(string text, string option) =>
        new($"\"{text}\" is not a duration that {option} can have", "Write it as in 90s, 10m or 1h30m, above zero.");
}
