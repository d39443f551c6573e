using Aeos.Kubernetes.Discovery;

namespace Aeos.Backup.Backups.Selecting;

/// <summary>A type, when its turn comes, with all that is asked of it for each of its items.</summary>
/// <param name="type">The type.</param>
/// <param name="filter">Says whether it is in.</param>
/// <param name="isPreferred">Whether it is in the version that the server prefers.</param>
internal sealed class TypeStep(ApiResource type, IResourceFilter filter, bool isPreferred)
{
    public ApiResource Type { get; } = type;

    /// <summary>Name and group, such as <c>deployments.apps</c>.</summary>
    public string GroupResource { get; } = type.GroupResource;

    /// <summary>Version and kind, such as <c>apps/v1/Deployment</c>.</summary>
    public string Title { get; } = $"{type.ApiVersion}/{type.Kind}";

    public bool IsPreferred { get; } = isPreferred;

    /// <summary>Whether its items are listed; else only those come that others take along.</summary>
    public bool IsListed { get; } = filter.Includes(type);

    /// <summary>Whether not even those come.</summary>
    public bool IsExcluded { get; } = filter.Excludes(type);

    /// <summary>Whether others take its items along.</summary>
    public bool IsCompanion { get; } = TypeNames.IsCompanion(type.GroupResource);
}
