namespace Aeos.Kubernetes.Discovery;

/// <summary>A type of objects that the API server serves, in one version: what discovery says of it.</summary>
public sealed record ApiResource
{
    /// <summary>The group; empty for the core.</summary>
    public required string Group { get; init; }

    /// <summary>The version, such as <c>v1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The name in addresses: lower case, plural.</summary>
    public required string Name { get; init; }

    /// <summary>The objects' kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether the objects live in namespaces.</summary>
    public required bool Namespaced { get; init; }

    /// <summary>The name for one object; empty where the server does not say.</summary>
    public string SingularName { get; init; } = "";

    /// <summary>What may be done: <c>get</c>, <c>list</c>, <c>create</c>, ...</summary>
    public IReadOnlyList<string> Verbs { get; init; } = [];

    /// <summary>Abbreviations, such as <c>deploy</c>.</summary>
    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>The sets that it belongs to, such as <c>all</c>.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>What hangs below an object's address, such as <c>status</c>.</summary>
    public IReadOnlyList<string> Subresources { get; init; } = [];

    /// <summary>Group and version as objects carry them: <c>apps/v1</c>, <c>v1</c>.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>Name and group as kubectl and Velero write them: <c>deployments.apps</c>, <c>pods</c>.</summary>
    public string GroupResource => Group.Length == 0 ? Name : $"{Name}.{Group}";

    /// <summary>Whether all of these verbs may be used.</summary>
    /// <param name="verbs">The verbs.</param>
    public bool Supports(params ReadOnlySpan<string> verbs)
    {
        foreach (var verb in verbs)
        {
            if (!Verbs.Contains(verb))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether an object has this below its address.</summary>
    /// <param name="subresource">Such as <c>status</c>.</param>
    public bool Has(string subresource) => Subresources.Contains(subresource);

    /// <summary>Group, version and name.</summary>
    public override string ToString() => $"{ApiVersion}/{Name}";
}
