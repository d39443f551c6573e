using Microsoft.Extensions.Logging;

namespace Aeos.Server.Downloads.Serving;

/// <summary>Says that addresses were refused, once a minute at most: whoever sends many fills no log. What they looked like is not said: a part of one may be right.</summary>
internal sealed class RefusalLog(TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private long _unsaid;

    public void Add()
    {
        long refused;
        lock (_lock)
        {
            _unsaid++;
            var now = time.GetUtcNow();
            if (now < _next)
            {
                return;
            }

            refused = _unsaid;
            (_unsaid, _next) = (0, now + Pause);
        }

        DownloadLog.Refused(log, refused);
    }
}
