using Aeos.Backup.Filters;
using Aeos.Cli.CommandLine;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Listings;

/// <summary>What was found of the resources that somebody wants to see.</summary>
/// <param name="All">Those that could be read, in the order in which they are shown.</param>
/// <param name="IsWhole">Whether all could.</param>
internal sealed record FoundResources<TResource>(IReadOnlyList<TResource> All, bool IsWhole)
    where TResource : IListedDocument
{
    private int ExitCode => IsWhole ? CommandLine.ExitCode.Done : CommandLine.ExitCode.Failed;

    /// <summary>Those of them that have certain labels.</summary>
    /// <param name="selector">The labels; null: any.</param>
    public FoundResources<TResource> Selected(Selector? selector) => selector is null ? this
        : this with { All = [.. All.Where(resource => selector.Matches(resource.Metadata.Labels ?? new Dictionary<string, string>()))] };

    /// <summary>Prints a table, or the resources for programs.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ListAsync(ListingFormat format, Func<IEnumerable<TResource>, string> table)
    {
        await Console.Out.WriteAsync(format == ListingFormat.Text ? table(All) : DocumentText.Of(All, format)).ConfigureAwait(false);
        return ExitCode;
    }

    /// <summary>Prints a description of each, or the resources for programs.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> DescribeAsync(ListingFormat format, Func<TResource, Task<Description>> describe)
    {
        if (format != ListingFormat.Text)
        {
            await Console.Out.WriteAsync(DocumentText.Of(All, format)).ConfigureAwait(false);
            return ExitCode;
        }

        foreach (var (index, resource) in All.Index())
        {
            var text = await describe(resource).ConfigureAwait(false);
            await Console.Out.WriteAsync(index == 0 ? $"{text}" : $"\n\n{text}").ConfigureAwait(false);
        }

        return ExitCode;
    }
}
