using Aeos.Kubernetes.Errors;

namespace Aeos.Kubernetes.Watches;

/// <summary>Which objects are watched, and from which state on.</summary>
public sealed record WatchOptions
{
    /// <summary>The namespace; null or empty: all, or objects that are in none.</summary>
    public string? Namespace { get; init; }

    /// <summary>Labels; null: any.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Fields, such as <c>metadata.name=x</c>; null: any.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>The state to go on from: a list's <c>resourceVersion</c>. Null: begin with an event for each object that is there.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Told of each failure after which the watch connects again by itself.</summary>
    public Action<KubernetesException>? OnInterruption { get; init; }
}
