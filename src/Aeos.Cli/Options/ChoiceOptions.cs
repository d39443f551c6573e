using System.CommandLine;
using Aeos.Backup.Filters;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Options;

/// <summary>Velero's way to say which resources are meant where nothing must be meant by mistake: names, or <c>--all</c>, or <c>--selector</c>.</summary>
internal sealed class ChoiceOptions
{
    private readonly string _what;
    private readonly NamesArgument _names;
    private readonly Option<bool> _all;
    private readonly SelectorFilter _selector;

    /// <param name="what">What they are, such as <c>backup</c>.</param>
    public ChoiceOptions(string what)
    {
        (_what, _names, _selector) = (what, NamesArgument.SomeOrChosen(what), new SelectorFilter(what));
        _all = new Option<bool>("--all") { Description = $"All {what}s." };
    }

    /// <summary>The names, for their completion.</summary>
    public Argument Names => _names;

    public void AddTo(Command command)
    {
        command.Add(_names);
        command.Add(_all);
        command.Add(_selector);
    }

    /// <summary>The names; none: all that the selector selects, or all.</summary>
    /// <exception cref="UsageException">Not exactly one of the three was given.</exception>
    public (IReadOnlyList<string> Names, Selector? Selector) Read(ParseResult result)
    {
        var (names, selector) = (_names.Read(result), _selector.Read(result));
        return (names.Count > 0 ? 1 : 0) + (result.GetValue(_all) ? 1 : 0) + (selector is null ? 0 : 1) == 1 ? (names, selector)
            : throw new UsageException($"which {_what}s are meant is said not at all, or in two ways", $"Give either names, or {_all.Name}, or {_selector.Name}.");
    }
}
