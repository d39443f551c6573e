using Aeos.Cli.CommandLine;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Stores;

/// <summary>Durations that an option has.</summary>
internal static class GoDuration
{
    /// <summary>Reads a duration above zero.</summary>
    /// <exception cref="UsageException">It is none, or longer than there is time.</exception>
    public static TimeSpan Parse(string text, string option) =>
        DurationText.TryParse(text, out var duration) && duration > TimeSpan.Zero ? duration
            : throw new UsageException($"\"{text}\" is not a duration that {option} can have", "Write it as in 90s, 10m or 1h30m, above zero.");
}
