namespace Aeos.Kubernetes.Objects;

/// <summary>An object's <c>metadata</c>, as far as this project reads it; what is absent is empty.</summary>
public sealed class ObjectMetadata
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>The object's name.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The prefix from which the server makes a name.</summary>
    public string GenerateName { get; internal set; } = "";

    /// <summary>The object's namespace; empty for what is of the whole cluster.</summary>
    public string Namespace { get; internal set; } = "";

    /// <summary>The object's identity: another for each creation.</summary>
    public string Uid { get; internal set; } = "";

    /// <summary>The version of this state; opaque.</summary>
    public string ResourceVersion { get; internal set; } = "";

    /// <summary>When the object was created, RFC 3339, as sent.</summary>
    public string CreationTimestamp { get; internal set; } = "";

    /// <summary>When the object was asked to go, RFC 3339, as sent; empty for one that stays.</summary>
    public string DeletionTimestamp { get; internal set; } = "";

    /// <summary>Whether the object is being deleted.</summary>
    public bool IsBeingDeleted => DeletionTimestamp.Length > 0;

    /// <summary>The labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; internal set; } = None;

    /// <summary>The annotations.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; internal set; } = None;

    /// <summary>Who owns the object.</summary>
    public IReadOnlyList<OwnerReference> OwnerReferences { get; internal set; } = [];

    /// <summary>What has to be done before the object may go.</summary>
    public IReadOnlyList<string> Finalizers { get; internal set; } = [];
}
