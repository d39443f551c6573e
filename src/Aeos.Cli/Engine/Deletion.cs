using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Engine;

/// <summary>Deletes things one after another, once that is confirmed, with a line for each.</summary>
internal static class Deletion
{
    /// <param name="all">The things.</param>
    /// <param name="what">What they are, such as <c>backup</c>.</param>
    /// <param name="name">A thing's name.</param>
    /// <param name="confirm">Whether they may be deleted, given what they are in words.</param>
    /// <param name="delete">Deletes one, and says so in a line.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync<T>(IReadOnlyList<T> all, string what, Func<T, string> name, Func<string, bool> confirm, Func<T, Task<string>> delete)
    {
        if (all.Count == 0)
        {
            Console.Out.WriteLine($"No {what}s found.");
            return ExitCode.Done;
        }

        if (!confirm(all is [var one] ? $"the {what} {name(one)}" : $"{all.Count} {what}s: {string.Join(", ", all.Select(name))}"))
        {
            return ExitCode.Failed;
        }

        foreach (var doomed in all)
        {
            Console.Out.WriteLine(SafeText.Line(await delete(doomed).ConfigureAwait(false)));
        }

        return ExitCode.Done;
    }
}
