namespace Aeos.Server.Schedules.Cron;

/// <summary>A text is no schedule.</summary>
internal sealed class CronRefusedException(string cause, string remedy = CronRefusedException.Forms, Exception? innerException = null)
    : AeosException(cause, remedy, innerException)
{
    private const string Forms = "Give five fields (minute, hour, day of the month, month, day of the week) such as \"0 2 * * *\", or @daily, or \"@every 6h\".";
}
