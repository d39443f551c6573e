using Aeos.Encryption;
using Aeos.Velero.Resources;

namespace Aeos.Server.Schedules.Cron;

/// <summary>
/// Reads schedules in the dialect that Velero's have (robfig/cron v3, ParseStandard): five fields with names, ranges, steps, <c>*</c> and <c>?</c>; descriptors
/// such as <c>@daily</c>; <c>@every</c> with a duration; <c>CRON_TZ=ZONE</c> or <c>TZ=ZONE</c> before them.
/// </summary>
internal static class CronText
{
    private const string Every = "@every ";

    private static readonly string[] ZonePrefixes = ["TZ=", "CRON_TZ="];

    /// <summary>Reads a schedule.</summary>
    /// <param name="text">The schedule.</param>
    /// <param name="local">The zone of schedules that name none.</param>
    /// <exception cref="CronRefusedException">It is none, or its time zone is not known here.</exception>
    public static ICronSchedule Parse(string text, TimeZoneInfo local)
    {
        var zone = local;
        if (Array.Find(ZonePrefixes, prefix => text.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix)
        {
            var end = text.IndexOf(' ', StringComparison.Ordinal);
            if (end < 0)
            {
                throw new CronRefusedException($"{Printable.Quote(text)} has nothing after its time zone");
            }

            zone = Zone(text[prefix.Length..end], local);
            text = text[end..].Trim();
        }

        if (text.StartsWith('@'))
        {
            return Descriptor(text, zone);
        }

        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == 5 ? Fields(fields, zone) : throw new CronRefusedException($"{Printable.Quote(text)} has {fields.Length} fields, not 5");
    }

    private static CronFields Fields(string[] fields, TimeZoneInfo zone) => new(
        CronField.Minute(fields[0]), CronField.Hour(fields[1]), CronField.Day(fields[2]), CronField.Month(fields[3]), CronField.Weekday(fields[4]), zone);

    private static ICronSchedule Descriptor(string text, TimeZoneInfo zone) => text switch
    {
        "@yearly" or "@annually" => Fields(["0", "0", "1", "1", "*"], zone),
        "@monthly" => Fields(["0", "0", "1", "*", "*"], zone),
        "@weekly" => Fields(["0", "0", "*", "*", "0"], zone),
        "@daily" or "@midnight" => Fields(["0", "0", "*", "*", "*"], zone),
        "@hourly" => Fields(["0", "*", "*", "*", "*"], zone),
        _ when !text.StartsWith(Every, StringComparison.Ordinal) => throw new CronRefusedException($"the descriptor {Printable.Quote(text)} is not known"),
        _ => DurationText.TryParse(text[Every.Length..], out var interval)
            ? new FixedInterval(interval)
            : throw new CronRefusedException($"{Printable.Quote(text[Every.Length..])} is no duration", "Write it as Go does, for example 1h30m."),
    };

    private static TimeZoneInfo Zone(string name, TimeZoneInfo local)
    {
        if (name is "" or "UTC")
        {
            return TimeZoneInfo.Utc;
        }

        if (name == "Local")
        {
            return local;
        }

        try
        {
            // Names are paths below the system's database, and capitals count in them.
            var isPath = name.Contains("..", StringComparison.Ordinal) || name[0] is '/' or '\\';
            return !isPath && TimeZoneInfo.FindSystemTimeZoneById(name) is { } zone && zone.Id == name ? zone : throw new TimeZoneNotFoundException();
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException or System.Security.SecurityException)
        {
            throw new CronRefusedException(
                $"the time zone {Printable.Quote(name)} is not known to this server",
                "Write it as the tz database does, for example Europe/Oslo; the server's image needs that database (/usr/share/zoneinfo).",
                e);
        }
    }
}
