namespace Aeos.Server.Schedules.Cron;

/// <summary>
/// A schedule of five fields in a time zone. Steps from field to field as robfig/cron v3 does, which Velero uses, so that both come to the same time where
/// a clock is changed: what falls into an hour that is skipped comes with the next one that matches, and what falls into one that comes twice may come twice.
/// </summary>
internal sealed class CronFields(CronField minute, CronField hour, CronField day, CronField month, CronField weekday, TimeZoneInfo zone) : ICronSchedule
{
    // As robfig/cron: 29 February comes within eight years, but that is given up.
    private const int Years = 5;
    private const int LastYear = 9000;

    /// <inheritdoc/>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        if (minute.Bits == 0 || hour.Bits == 0 || month.Bits == 0 || !AnyDayMatches() || after.Year > LastYear)
        {
            return null;
        }

        var time = ZonedTime.At(after, zone).CutTo(TimeSpan.FromSeconds(1)).Add(TimeSpan.FromSeconds(1));
        var last = time.Wall.Year + Years;

        // Whether what is smaller than the field at hand stands at its beginning.
        var isCut = false;
        while (time.Wall.Year <= last)
        {
            if (ReachMonth(ref time, ref isCut) && ReachDay(ref time, ref isCut) && ReachHour(ref time, ref isCut)
                && ReachMinute(ref time, ref isCut) && ReachSecond(ref time, ref isCut))
            {
                return time.Instant;
            }
        }

        return null;
    }

    // Each goes on until its field matches. False: the next larger field has changed, so that all begins anew.
    private bool ReachMonth(ref ZonedTime time, ref bool isCut)
    {
        while (!month.Contains(time.Wall.Month))
        {
            var from = isCut ? time.Wall : time.When(new DateTime(time.Wall.Year, time.Wall.Month, 1)).Wall;
            isCut = true;

            // The 31st of a month that has none is the next month's beginning, as in Go.
            time = time.When(new DateTime(from.Year, from.Month, 1).AddMonths(1).AddDays(from.Day - 1) + from.TimeOfDay);
            if (time.Wall.Month == 1)
            {
                return false;
            }
        }

        return true;
    }

    private bool ReachDay(ref ZonedTime time, ref bool isCut)
    {
        while (!DayMatches(time.Wall))
        {
            var midnight = isCut ? time : time.When(time.Wall.Date);
            isCut = true;
            var next = time.When(midnight.Wall.AddDays(1));

            // A zone that skips a whole day would hold robfig/cron for ever.
            time = next.Instant > midnight.Instant ? next : midnight.Add(TimeSpan.FromDays(1));

            // Where midnight is skipped: to the hour nearest to it.
            if (time.Wall.Hour != 0)
            {
                time = time.Add(TimeSpan.FromHours(time.Wall.Hour > 12 ? 24 - time.Wall.Hour : -time.Wall.Hour));
            }

            if (time.Wall.Day == 1)
            {
                return false;
            }
        }

        return true;
    }

    private bool ReachHour(ref ZonedTime time, ref bool isCut)
    {
        while (!hour.Contains(time.Wall.Hour))
        {
            time = (isCut ? time : time.When(time.Wall.Date.AddHours(time.Wall.Hour))).Add(TimeSpan.FromHours(1));
            isCut = true;
            if (time.Wall.Hour == 0)
            {
                return false;
            }
        }

        return true;
    }

    private bool ReachMinute(ref ZonedTime time, ref bool isCut)
    {
        while (!minute.Contains(time.Wall.Minute))
        {
            time = (isCut ? time : time.CutTo(TimeSpan.FromMinutes(1))).Add(TimeSpan.FromMinutes(1));
            isCut = true;
            if (time.Wall.Minute == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool ReachSecond(ref ZonedTime time, ref bool isCut)
    {
        if (time.Wall.Second == 0)
        {
            return true;
        }

        time = time.Add(TimeSpan.FromSeconds(60 - time.Wall.Second));
        isCut = true;
        return false;
    }

    private bool AnyDayMatches() => day.IsAny || weekday.IsAny ? day.Bits != 0 && weekday.Bits != 0 : (day.Bits | weekday.Bits) != 0;

    // With a star in one of the two fields both must match, else one is enough.
    private bool DayMatches(DateTime wall)
    {
        var (inMonth, inWeek) = (day.Contains(wall.Day), weekday.Contains((int)wall.DayOfWeek));
        return day.IsAny || weekday.IsAny ? inMonth && inWeek : inMonth || inWeek;
    }
}
