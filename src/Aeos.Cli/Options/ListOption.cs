using System.CommandLine;

namespace Aeos.Cli.Options;

/// <summary>A list of names, as in <c>--include-namespaces a,b</c>.</summary>
internal sealed class ListOption(string name, string description) : EntriesOption(name, "NAME", description)
{
    /// <summary>The names; null when there are none.</summary>
    public IReadOnlyList<string>? Read(ParseResult result) => Entries(result).ToArray() is { Length: > 0 } names ? names : null;
}
