namespace Aeos.Velero.Resources;

/// <summary>Hooks, and the pods that they are for.</summary>
public sealed record RestoreResourceHookSpec
{
    /// <summary>The name, for logs.</summary>
    public string Name { get; set; } = "";

    /// <summary>Namespaces of the pods; absent, empty or <c>*</c>: all.</summary>
    public IReadOnlyList<string>? IncludedNamespaces { get; set; }

    /// <summary>Namespaces that are left out.</summary>
    public IReadOnlyList<string>? ExcludedNamespaces { get; set; }

    /// <summary>Types; absent, empty or <c>*</c>: all.</summary>
    public IReadOnlyList<string>? IncludedResources { get; set; }

    /// <summary>Types that are left out.</summary>
    public IReadOnlyList<string>? ExcludedResources { get; set; }

    /// <summary>Labels that the pods must have.</summary>
    public LabelSelector? LabelSelector { get; set; }

    /// <summary>What is run.</summary>
    public IReadOnlyList<RestoreResourceHook>? PostHooks { get; set; }
}
