using System.Globalization;
using Aeos.Server.Schedules.Cron;

namespace Aeos.Server.Tests.Schedules.Cron;

public sealed class CronTextTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Expressions_come_when_they_come_with_Velero() => Compare(static expression => !expression.Contains("TZ=", StringComparison.Ordinal), 600);

    [TimeZonesFact]
    public void Expressions_in_time_zones_come_when_they_come_with_Velero_where_clocks_are_changed_too()
        => Compare(static expression => expression.Contains("TZ=", StringComparison.Ordinal), 700);

    [Theory]
    [InlineData("0 2 * * *", "2026-02-01T02:00:00Z")]
    [InlineData("*/15 12-13 31 JAN ?", "2026-01-31T12:15:00Z")]
    [InlineData("0 0 1 * MON", "2026-02-01T00:00:00Z")]
    [InlineData("0 0 * * mon", "2026-02-02T00:00:00Z")]
    [InlineData("30/10 * * * *", "2026-01-31T12:30:00Z")]
    [InlineData("0 0 29 2 *", "2028-02-29T00:00:00Z")]
    [InlineData("@daily", "2026-02-01T00:00:00Z")]
    [InlineData("@weekly", "2026-02-01T00:00:00Z")]
    [InlineData("@monthly", "2026-02-01T00:00:00Z")]
    [InlineData("@annually", "2027-01-01T00:00:00Z")]
    [InlineData("@every 1h30m", "2026-01-31T13:30:00Z")]
    [InlineData("@every 1ms", "2026-01-31T12:00:01Z")]
    public void The_next_time_is_after_the_one_that_is_given(string expression, string expected)
        => Parse(expression).Next(Noon).ShouldBe(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("0 0 30 2 *")]
    [InlineData("0 0 31 4,6,9,11 *")]
    [InlineData(", * * * *")]
    public void What_is_on_no_calendar_never_comes(string expression) => Parse(expression).Next(Noon).ShouldBeNull();

    [TimeZonesFact]
    public void What_would_hold_Veleros_search_for_ever_never_comes()
        => Parse("TZ=Pacific/Apia 42 *,6,22 * * ,").Next(DateTimeOffset.FromUnixTimeMilliseconds(1287733162500)).ShouldBeNull();

    [Theory]
    [InlineData("* * * *", "has 4 fields, not 5")]
    [InlineData("60 * * * *", "it is not within 0 to 59")]
    [InlineData("* * * * 7", "it is not within 0 to 6")]
    [InlineData("* 5-2 * * *", "5 is more than 2")]
    [InlineData("*/0 * * * *", "its step is 0")]
    [InlineData("* * * janvier *", "\"janvier\" is no number and no known name")]
    [InlineData("@fortnightly", "the descriptor \"@fortnightly\" is not known")]
    [InlineData("@every soon", "\"soon\" is no duration")]
    [InlineData("TZ=UTC", "has nothing after its time zone")]
    [InlineData("CRON_TZ=Mars/Phobos 0 0 * * *", "the time zone \"Mars/Phobos\" is not known to this server")]
    [InlineData("CRON_TZ=../../etc/passwd 0 0 * * *", "is not known to this server")]
    [InlineData("CRON_TZ=europe/oslo 0 0 * * *", "is not known to this server")]
    public void What_is_no_schedule_is_refused_with_the_reason(string expression, string reason)
        => Should.Throw<CronRefusedException>(() => Parse(expression)).Cause.ShouldContain(reason);

    private static ICronSchedule Parse(string expression) => CronText.Parse(expression, TimeZoneInfo.Utc);

    private static void Compare(Func<string, bool> isMeant, int least)
    {
        var lines = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Schedules", "Cron", "robfig-cron-v3.txt"))
            .Where(static line => !line.StartsWith('#')).Select(static line => line.Split('\t')).Where(parts => isMeant(parts[1])).ToList();

        lines.Count.ShouldBeGreaterThan(least);
        lines.Where(static parts => Times(parts[1], long.Parse(parts[0], CultureInfo.InvariantCulture)) != parts[2]).Select(static parts => string.Join('\t', parts)).ShouldBeEmpty();
    }

    private static string Times(string expression, long after)
    {
        ICronSchedule schedule;
        try
        {
            schedule = Parse(expression);
        }
        catch (CronRefusedException)
        {
            return "error";
        }

        var (times, time) = (new List<string>(), DateTimeOffset.FromUnixTimeMilliseconds(after));
        while (times.Count < 3)
        {
            if (schedule.Next(time) is not { } next)
            {
                times.Add("never");
                break;
            }

            times.Add(next.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            time = next;
        }

        return string.Join(' ', times);
    }
}
