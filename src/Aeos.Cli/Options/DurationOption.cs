using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Options;

/// <summary>A duration as Go and so Velero write it: <c>90s</c>, <c>1h30m</c>.</summary>
internal sealed class DurationOption : Option<string?>
{
    private readonly bool _allowsZero;

    /// <param name="name">The option.</param>
    /// <param name="description">The help.</param>
    /// <param name="allowsZero">Whether zero is a duration too.</param>
    public DurationOption(string name, string description, bool allowsZero = false)
        : base(name)
    {
        _allowsZero = allowsZero;
        HelpName = "DURATION";
        Description = description;
    }

    /// <summary>The duration, above zero unless zero is allowed; null when there is none.</summary>
    /// <exception cref="UsageException">It is none, or longer than there is time.</exception>
    public TimeSpan? Read(ParseResult result) => result.GetValue(this) is { } text ? Parse(text) : null;

    internal TimeSpan Parse(string text) => DurationText.TryParse(text, out var duration) && (duration > TimeSpan.Zero || (_allowsZero && duration == TimeSpan.Zero)) ? duration
        : throw new UsageException($"\"{text}\" is not a duration that {Name} can have", $"Write it as in 90s, 10m or 1h30m, {(_allowsZero ? "not below" : "above")} zero.");
}
