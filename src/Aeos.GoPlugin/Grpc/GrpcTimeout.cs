using System.Globalization;

namespace Aeos.GoPlugin.Grpc;

/// <summary>The header <c>grpc-timeout</c>: at most eight digits and a unit (gRPC over HTTP/2, "Timeout").</summary>
internal static class GrpcTimeout
{
    private const int MostDigits = 8;
    private const long Limit = 100_000_000;

    /// <summary>The header's text; rounded up, so that the other side never gives up first.</summary>
    public static string Format(TimeSpan timeout)
    {
        ReadOnlySpan<(long Ticks, char Unit)> units =
        [
            (TimeSpan.TicksPerMicrosecond, 'u'), (TimeSpan.TicksPerMillisecond, 'm'), (TimeSpan.TicksPerSecond, 'S'),
            (TimeSpan.TicksPerMinute, 'M'),
        ];
        foreach (var (ticks, unit) in units)
        {
            var count = Math.Max(0, (timeout.Ticks / ticks) + (timeout.Ticks % ticks > 0 ? 1 : 0));
            if (count < Limit)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Math.Min(Limit - 1, (timeout.Ticks / TimeSpan.TicksPerHour) + 1)}H");
    }

    /// <summary>Reads the header.</summary>
    public static bool TryParse(string text, out TimeSpan timeout)
    {
        timeout = default;
        if (text.Length is < 2 or > MostDigits + 1
            || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        long? ticks = text[^1] switch
        {
            'H' => count * TimeSpan.TicksPerHour,
            'M' => count * TimeSpan.TicksPerMinute,
            'S' => count * TimeSpan.TicksPerSecond,
            'm' => count * TimeSpan.TicksPerMillisecond,
            'u' => count * TimeSpan.TicksPerMicrosecond,
            'n' => (count + TimeSpan.NanosecondsPerTick - 1) / TimeSpan.NanosecondsPerTick,
            _ => null,
        };
        timeout = TimeSpan.FromTicks(ticks ?? 0);
        return ticks is not null;
    }
}
