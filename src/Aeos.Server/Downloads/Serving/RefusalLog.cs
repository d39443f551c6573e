using Microsoft.Extensions.Logging;

namespace Aeos.Server.Downloads.Serving;

/// <summary>Counts refused addresses, and says so once a minute at most: whoever sends many fills no log. What they looked like is not said: a part of one may be right.</summary>
internal sealed class RefusalLog(TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private long _said;

    public long Count { get; private set; }

    public void Add()
    {
        long refused;
        lock (_lock)
        {
            Count++;
            var now = time.GetUtcNow();
            if (now < _next)
            {
                return;
            }

            refused = Count - _said;
            (_said, _next) = (Count, now + Pause);
        }

        DownloadLog.Refused(log, refused);
    }
}
