namespace Aeos.Server.Tests.Schedules.Cron;

/// <summary>A test that needs the tz database.</summary>
internal sealed class TimeZonesFactAttribute : FactAttribute
{
    public TimeZonesFactAttribute()
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById("Australia/Lord_Howe", out _))
        {
            Skip = "this machine has no tz database (/usr/share/zoneinfo)";
        }
    }
}
