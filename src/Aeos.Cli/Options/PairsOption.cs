using System.CommandLine;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Options;

/// <summary>Pairs, as in <c>--labels a=1,b=2</c>; the option may be given several times, too.</summary>
internal sealed class PairsOption : Option<string[]>
{
    private readonly char _between;

    /// <param name="name">The option.</param>
    /// <param name="between">What stands between a pair's halves.</param>
    /// <param name="form">A pair, for people, such as <c>KEY=VALUE</c>.</param>
    /// <param name="description">The help.</param>
    public PairsOption(string name, char between, string form, string description)
        : base(name)
    {
        _between = between;
        HelpName = $"{form},...";
        Description = description;
    }

    /// <summary>The pairs; null when there are none.</summary>
    /// <exception cref="UsageException">One is no pair, or the first half of one was there before.</exception>
    public IReadOnlyDictionary<string, string>? Read(ParseResult result)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in (result.GetValue(this) ?? []).SelectMany(static list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            if (pair.Split(_between, 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } key, var value] || !pairs.TryAdd(key, value))
            {
                throw new UsageException($"\"{pair}\" in {Name} is no pair, or the second of its name", $"Write it as {Name} {HelpName}");
            }
        }

        return pairs.Count > 0 ? pairs : null;
    }
}
