using Aeos.Backup.Filters;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Listings;

/// <summary>Selectors out of documents, for people.</summary>
internal static class SelectorText
{
    /// <summary>One selector.</summary>
    public static string Of(LabelSelector? selector)
    {
        try
        {
            return selector is null ? Description.None : new Selector(selector).Query is { Length: > 0 } query ? query : Description.None;
        }
        catch (AeosException)
        {
            // Whoever can write to the bucket wrote it.
            return "<invalid>";
        }
    }

    /// <summary>Several, of which one has to match.</summary>
    public static string Of(IReadOnlyList<LabelSelector>? selectors) => selectors is { Count: > 0 } ? string.Join(" or ", selectors.Select(Of)) : Description.None;
}
