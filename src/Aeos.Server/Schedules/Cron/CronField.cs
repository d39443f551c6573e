using System.Collections.Frozen;
using System.Globalization;
using Aeos.Encryption;

namespace Aeos.Server.Schedules.Cron;

/// <summary>One of the five fields: which numbers are in it.</summary>
/// <param name="Bits">A bit for each number.</param>
/// <param name="IsAny">Whether it has a star, by which the two fields for days are told apart.</param>
internal readonly record struct CronField(ulong Bits, bool IsAny)
{
    private static readonly FrozenDictionary<string, int> NoNames = FrozenDictionary<string, int>.Empty;
    private static readonly FrozenDictionary<string, int> Months = Names(1, "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static readonly FrozenDictionary<string, int> Weekdays = Names(0, "sun", "mon", "tue", "wed", "thu", "fri", "sat");

    public bool Contains(int number) => (Bits >> number & 1) != 0;

    public static CronField Minute(string text) => Parse(text, 0, 59, NoNames);

    public static CronField Hour(string text) => Parse(text, 0, 23, NoNames);

    public static CronField Day(string text) => Parse(text, 1, 31, NoNames);

    public static CronField Month(string text) => Parse(text, 1, 12, Months);

    public static CronField Weekday(string text) => Parse(text, 0, 6, Weekdays);

    private static FrozenDictionary<string, int> Names(int first, params string[] names)
        => names.Select((name, i) => KeyValuePair.Create(name, first + i)).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static CronField Parse(string text, int least, int most, FrozenDictionary<string, int> names)
    {
        var (bits, isAny) = (0UL, false);
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var (more, any) = ParsePart(part, least, most, names);
            bits |= more;
            isAny |= any;
        }

        return new CronField(bits, isAny);
    }

    // number, number-number, * or ?, each with /step; "number/step" goes up to the most.
    private static (ulong Bits, bool IsAny) ParsePart(string part, int least, int most, FrozenDictionary<string, int> names)
    {
        var steps = part.Split('/');
        var ends = steps[0].Split('-');
        if (steps.Length > 2)
        {
            throw Wrong(part, "it has more than one \"/\"");
        }

        var isStar = ends[0] is "*" or "?";
        if (!isStar && ends.Length > 2)
        {
            throw Wrong(part, "it has more than one \"-\"");
        }

        var step = steps.Length == 2 ? Number(steps[1], part, NoNames) : 1;
        var from = isStar ? least : Number(ends[0], part, names);
        var to = isStar || (ends.Length == 1 && steps.Length == 2) ? most : Number(ends[^1], part, names);
        if (step == 0 || from < least || to > most || from > to)
        {
            throw Wrong(part, step == 0 ? "its step is 0" : from > to ? $"{from} is more than {to}" : string.Create(CultureInfo.InvariantCulture, $"it is not within {least} to {most}"));
        }

        var bits = 0UL;
        for (long number = from; number <= to; number += step)
        {
            bits |= 1UL << (int)number;
        }

        return (bits, isStar && step == 1);
    }

    private static long Number(string text, string part, FrozenDictionary<string, int> names)
        => names.TryGetValue(text, out var named) ? named
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= 0 ? number
            : throw Wrong(part, $"{Printable.Quote(text)} is no number{(names.Count == 0 ? "" : " and no known name")}");

    private static CronRefusedException Wrong(string part, string why) => new($"{Printable.Quote(part)} is not possible: {why}");
}
