using System.Collections.Immutable;

namespace Aeos.Embedded.Types;

/// <summary>One type of object: how it is called, where it is served and what can be done with it.</summary>
/// <param name="Group">The API group; empty for core.</param>
/// <param name="Plural">The name in paths, such as <c>pods</c>.</param>
/// <param name="Kind">The name in objects, such as <c>Pod</c>.</param>
/// <param name="Namespaced">Whether its objects live in namespaces.</param>
internal sealed record ResourceType(string Group, string Plural, string Kind, bool Namespaced)
{
    private static readonly ImmutableArray<string> AllVerbs =
        ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    /// <summary>The versions that are served, the preferred one first.</summary>
    public ImmutableArray<string> Versions { get; init; } = ["v1"];

    public string Singular { get; init; } = Kind.ToLowerInvariant();

    public string ListKind { get; init; } = Kind + "List";

    public ImmutableArray<string> ShortNames { get; init; } = [];

    public ImmutableArray<string> Categories { get; init; } = [];

    public ImmutableArray<string> Verbs { get; init; } = AllVerbs;

    /// <summary>Whether a status is written through its own path only.</summary>
    public bool HasStatus { get; init; }

    /// <summary>Whether the server counts the changes of the specification.</summary>
    public bool HasGeneration { get; init; }

    /// <summary>Whether an update must name the resource version that it changes.</summary>
    public bool NeedsResourceVersion { get; init; }

    /// <summary>Subresources besides status.</summary>
    public ImmutableArray<Subresource> Subresources { get; init; } = [];

    public bool IsCustom { get; init; }

    /// <summary>Whether it can only be created: a question to the server, of which nothing is stored.</summary>
    public bool IsVirtual => Verbs is ["create"];

    public NameRule NameRule { get; init; } = NameRule.Subdomain;

    /// <summary>Types that are views on the same objects (events in two groups) share a storage.</summary>
    public string Storage { get; init; } = Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>Fields that a field selector may name besides the object's name and namespace, as paths.</summary>
    public ImmutableArray<string> SelectableFields { get; init; } = [];

    /// <summary>Fields that cannot change once they are set, as paths.</summary>
    public ImmutableArray<string> ImmutableFields { get; init; } = [];

    /// <summary><c>pods</c> or <c>deployments.apps</c>: how messages call the type.</summary>
    public string QualifiedName => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    public string ApiVersion(string version) => Group.Length == 0 ? version : $"{Group}/{version}";
}
