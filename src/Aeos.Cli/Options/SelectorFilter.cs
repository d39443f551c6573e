using System.CommandLine;
using Aeos.Backup.Filters;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Options;

/// <summary>Velero's <c>--selector</c> of verbs that list resources: labels of the resources themselves.</summary>
internal sealed class SelectorFilter : Option<string?>
{
    /// <param name="what">What is listed, such as <c>backup</c>.</param>
    public SelectorFilter(string what)
        : base("--selector", "-l")
    {
        HelpName = "LABELS";
        Description = $"Only {what}s with these labels.";
    }

    /// <summary>The selector; null when none is given.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public Selector? Read(ParseResult result) => result.GetValue(this) is { } text ? new Selector(SelectorOptions.Parse(text)) : null;
}
