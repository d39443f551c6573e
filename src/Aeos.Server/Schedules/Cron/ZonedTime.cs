namespace Aeos.Server.Schedules.Cron;

/// <summary>A time with the clock on the wall of its zone. Steps are as Go's package time takes them, across changes of the clock too.</summary>
internal readonly record struct ZonedTime
{
    private readonly TimeZoneInfo _zone;
    private readonly DateTime _utc;

    private ZonedTime(DateTime utc, TimeZoneInfo zone)
    {
        (_utc, _zone) = (utc, zone);
        Wall = DateTime.SpecifyKind(utc + zone.GetUtcOffset(utc), DateTimeKind.Unspecified);
    }

    /// <summary>What the clock shows.</summary>
    public DateTime Wall { get; }

    public DateTimeOffset Instant => new(_utc);

    /// <summary>A point in time.</summary>
    public static ZonedTime At(DateTimeOffset instant, TimeZoneInfo zone) => new(instant.UtcDateTime, zone);

    /// <summary>When the clock shows a time. One that is skipped or comes twice is taken with the offset that held, or would have held, shortly before.</summary>
    public ZonedTime When(DateTime wall)
    {
        // Go's rule: guess the offset as if the clock showed UTC, then correct the guess once.
        var asUtc = DateTime.SpecifyKind(wall, DateTimeKind.Utc);
        var guess = _zone.GetUtcOffset(asUtc);
        return new ZonedTime(asUtc - _zone.GetUtcOffset(asUtc - guess), _zone);
    }

    /// <summary>So much later, whatever the clock does.</summary>
    public ZonedTime Add(TimeSpan elapsed) => new(_utc + elapsed, _zone);

    /// <summary>Cuts off what is smaller, whatever the clock does.</summary>
    public ZonedTime CutTo(TimeSpan unit) => new(_utc.AddTicks(-(_utc.Ticks % unit.Ticks)), _zone);
}
