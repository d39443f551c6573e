using System.CommandLine;
using Aeos.Cli.Stores;

namespace Aeos.Cli.Options;

/// <summary>A duration as Go and so Velero write it: <c>90s</c>, <c>1h30m</c>.</summary>
internal sealed class DurationOption : Option<string?>
{
    public DurationOption(string name, string description)
        : base(name)
    {
        HelpName = "DURATION";
        Description = description;
    }

    /// <summary>The duration, above zero; null when there is none.</summary>
    /// <exception cref="CommandLine.UsageException">It is none.</exception>
    public TimeSpan? Read(ParseResult result) => result.GetValue(this) is { } text ? GoDuration.Parse(text, Name) : null;
}
