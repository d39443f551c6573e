using System.CommandLine;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Options;

/// <summary>Which options were given, where some belong to one way of doing a thing only.</summary>
internal static class GivenOptions
{
    /// <summary>Whether an option was typed.</summary>
    public static bool Gives(this ParseResult result, Option option) => result.GetResult(option) is { Implicit: false };

    /// <summary>Refuses what only a bucket that is read and written here has: without <c>--location</c>, the server in the cluster does the work.</summary>
    /// <exception cref="UsageException">One of them was given.</exception>
    public static void RefuseWithoutLocation(this ParseResult result, params IEnumerable<Option> options) => Refuse(
        result, options, "needs --location", "Leave it out: without --location the server in the cluster does the work, with its own keys and settings. Or name the bucket with --location FILE.");

    /// <summary>Refuses what only the server in the cluster has.</summary>
    /// <exception cref="UsageException">One of them was given.</exception>
    public static void RefuseWithLocation(this ParseResult result, params IEnumerable<Option> options) => Refuse(
        result, options, "does not go together with --location", "It is for resources in the cluster: leave one of the two out.");

    private static void Refuse(ParseResult result, IEnumerable<Option> options, string why, string remedy)
    {
        if (options.FirstOrDefault(result.Gives) is { } given)
        {
            throw new UsageException($"{given.Name} {why}", remedy);
        }
    }
}
