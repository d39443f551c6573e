namespace Aeos.Server.Schedules.Cron;

/// <summary>When something is to be done again and again.</summary>
internal interface ICronSchedule
{
    /// <summary>The first time after another one, on the second; null: there is none within five years.</summary>
    DateTimeOffset? Next(DateTimeOffset after);
}
