using Aeos.Velero.Resources;

namespace Aeos.Cli.Listings;

/// <summary>Errors and warnings as Velero's <c>describe</c> shows them.</summary>
internal static class ResultsDescription
{
    /// <summary>Both, where there are any, or why they stay closed.</summary>
    /// <exception cref="AeosException">They are no results.</exception>
    public static void AddResults(this Description description, Companion companion)
    {
        if (companion.WhyClosed is { } reason)
        {
            description.Space().Field("Warnings and errors", $"not read: {reason}");
            return;
        }

        var results = companion.Content is { } json ? OperationResults.Parse(json, companion.Key) : null;
        Add(description, "Warnings", results?.Warnings);
        Add(description, "Errors", results?.Errors);
    }

    private static void Add(Description description, string title, ResultMessages? messages)
    {
        if (messages is not { Count: > 0 })
        {
            return;
        }

        description.Space().Line($"{title}:").Lines("Velero", [.. messages.Velero], 1).Lines("Cluster", [.. messages.Cluster], 1);
        if (messages.Namespaces.Count == 0)
        {
            description.Field("Namespaces", null, 1);
            return;
        }

        description.Line("Namespaces:", 1);
        foreach (var (name, list) in messages.Namespaces)
        {
            description.Lines(name, [.. list], 2);
        }
    }
}
