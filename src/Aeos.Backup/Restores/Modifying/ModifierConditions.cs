using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aeos.Backup.Filters;

namespace Aeos.Backup.Restores.Modifying;

/// <summary>Which objects a rule changes. All conditions must hold; those that are absent do.</summary>
internal sealed class ModifierConditions
{
    /// <summary>The types.</summary>
    public required GroupResourceGlob GroupResource { get; init; }

    /// <summary>The namespaces, as the backup has them. They say nothing of objects in no namespace.</summary>
    public required GlobSet Namespaces { get; init; }

    /// <summary>A part of the name.</summary>
    public Regex? Name { get; init; }

    /// <summary>The labels.</summary>
    public Selector? Labels { get; init; }

    /// <summary>Values that fields must have: tests of a JSON patch.</summary>
    public IReadOnlyList<JsonPatchOperation> Matches { get; init; } = [];

    /// <summary>Whether the type and the namespace are right: cheap, and asked of every object.</summary>
    public bool Concern(string groupResource, JsonObject item) =>
        (item.Child("metadata").Text("namespace") is var @namespace && (@namespace.Length == 0 || Namespaces.Includes(@namespace)))
        && GroupResource.Matches(groupResource);

    /// <summary>Whether the rest is.</summary>
    /// <exception cref="PatchException">A path leads into a list by what is no index.</exception>
    public bool Match(JsonObject item) =>
        Name?.IsMatch(item.Child("metadata").Text("name")) != false
        && Labels?.Matches(item.Child("metadata").Texts("labels")) != false
        && Matches.All(test => Holds(test, item));

    private static bool Holds(JsonPatchOperation test, JsonObject item)
    {
        try
        {
            test.Test(item);
            return true;
        }
        catch (PatchException failure) when (failure.Problem is PatchProblem.TestFailed or PatchProblem.Missing)
        {
            return false;
        }
    }
}
