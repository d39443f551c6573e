using System.CommandLine;

namespace Aeos.Cli.Options;

/// <summary>A list of names, as in <c>--include-namespaces a,b</c>; the option may be given several times, too.</summary>
internal sealed class ListOption : Option<string[]>
{
    public ListOption(string name, string description)
        : base(name)
    {
        HelpName = "NAME,...";
        Description = description;
    }

    /// <summary>The names; null when there are none.</summary>
    public IReadOnlyList<string>? Read(ParseResult result) =>
        (result.GetValue(this) ?? []).SelectMany(static list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray() is { Length: > 0 } names
            ? names : null;
}
