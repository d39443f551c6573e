using System.CommandLine;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Options;

/// <summary>
/// Velero's flags that have nothing to do here, so that its command lines need no change: they are taken with a warning that says why. Those that ask for
/// what would be missed when it is needed are refused.
/// </summary>
internal sealed class UnusedFlags
{
    private readonly List<(Option<string?> Option, string Why, string? WayOut)> _flags = [];

    /// <summary>Takes flags with a warning.</summary>
    /// <param name="why">Why they do nothing.</param>
    /// <param name="names">The flags.</param>
    public void Warn(string why, params string[] names) => Add(why, null, names);

    /// <summary>Refuses flags, unless they are off.</summary>
    /// <param name="why">Why it is not possible.</param>
    /// <param name="wayOut">What to do, after <c>Leave it out, and</c>.</param>
    /// <param name="names">The flags.</param>
    public void Refuse(string why, string wayOut, params string[] names) => Add(why, wayOut, names);

    public void AddTo(Command command)
    {
        foreach (var (option, _, _) in _flags)
        {
            command.Add(option);
        }
    }

    /// <summary>Says why those that are given do nothing.</summary>
    /// <exception cref="UsageException">One asks for what would be missed.</exception>
    public void Check(ParseResult result)
    {
        foreach (var (option, why, wayOut) in _flags)
        {
            if (result.GetResult(option) is null or { Implicit: true } || result.GetValue(option) == "false")
            {
                continue;
            }

            if (wayOut is not null)
            {
                throw new UsageException($"{option.Name} is not possible: {why}", $"Leave {option.Name} out, and {wayOut}.");
            }

            Report.Warning($"{option.Name} does nothing here: {why}");
        }
    }

    private void Add(string why, string? wayOut, string[] names) => _flags.AddRange(
        names.Select(name => (new Option<string?>(name) { Hidden = true, Arity = ArgumentArity.ZeroOrOne, Description = why }, why, wayOut)));
}
