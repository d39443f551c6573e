namespace Aeos.Kubernetes.Lists;

/// <summary>Which objects are listed.</summary>
public sealed record ListOptions
{
    /// <summary>The options that are used where none are given: everything.</summary>
    public static ListOptions Default { get; } = new();

    /// <summary>The namespace; null or empty: all, or objects that are in none.</summary>
    public string? Namespace { get; init; }

    /// <summary>Labels, such as <c>app=shop,tier!=cache</c>; null: any.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Fields, such as <c>metadata.name=x</c>; null: any.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Objects a page; null: the client's page size; 0: everything in one answer.</summary>
    public int? PageSize { get; init; }

    /// <summary>Least version of the state that is listed; null: the newest (a quorum read); <c>0</c>: whatever the server has at hand.</summary>
    public string? ResourceVersion { get; init; }
}
