using System.CommandLine;

namespace Aeos.Cli.Options;

/// <summary>An option whose value is entries with commas between them; it may be given several times, too.</summary>
internal abstract class EntriesOption : Option<string[]>
{
    /// <param name="name">The option.</param>
    /// <param name="form">An entry, for people, such as <c>KEY=VALUE</c>.</param>
    /// <param name="description">The help.</param>
    protected EntriesOption(string name, string form, string description)
        : base(name)
    {
        HelpName = $"{form},...";
        Description = description;
    }

    /// <summary>The entries, without the empty ones.</summary>
    protected IEnumerable<string> Entries(ParseResult result) =>
        (result.GetValue(this) ?? []).SelectMany(static list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
