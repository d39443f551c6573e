using System.CommandLine;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Options;

/// <summary>Pairs, as in <c>--labels a=1,b=2</c>.</summary>
internal sealed class PairsOption : EntriesOption
{
    private readonly char _between;

    /// <param name="name">The option.</param>
    /// <param name="between">What stands between a pair's halves.</param>
    /// <param name="form">A pair, for people, such as <c>KEY=VALUE</c>.</param>
    /// <param name="description">The help.</param>
    public PairsOption(string name, char between, string form, string description)
        : base(name, form, description) => _between = between;

    /// <summary>The pairs; null when there are none.</summary>
    /// <exception cref="UsageException">One is no pair, or the first half of one was there before.</exception>
    public IReadOnlyDictionary<string, string>? Read(ParseResult result)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Entries(result))
        {
            if (pair.Split(_between, 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } key, var value] || !pairs.TryAdd(key, value))
            {
                throw new UsageException($"\"{pair}\" in {Name} is no pair, or the second of its name", $"Write it as {Name} {HelpName}");
            }
        }

        return pairs.Count > 0 ? pairs : null;
    }
}
