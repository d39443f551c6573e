using System.Collections.Immutable;

namespace Aeos.Embedded.Types;

/// <summary>The types that are served now: the built-in ones and those that definitions added. Safe to read while it changes.</summary>
internal sealed class ResourceCatalog
{
    private readonly Lock _changing = new();
    private volatile ImmutableArrayBox _types = new(BuiltInTypes.All);

    public ImmutableArray<ResourceType> Types => _types.Value;

    /// <summary>The groups in the order of discovery: core first, the built-in ones, then what was added.</summary>
    public IEnumerable<string> Groups => Types.Select(t => t.Group).Distinct();

    public IReadOnlyList<string> VersionsOf(string group) =>
        [.. Types.Where(t => t.Group == group).SelectMany(t => t.Versions).Distinct().Order(VersionOrder.BestFirst)];

    public ResourceType? Find(string group, string version, string plural)
    {
        foreach (var type in Types)
        {
            if (type.Plural == plural && type.Group == group && type.Versions.Contains(version))
            {
                return type;
            }
        }

        return null;
    }

    public ResourceType? FindKind(string apiVersion, string kind) =>
        Types.FirstOrDefault(t => t.Kind == kind && t.Versions.Any(v => t.ApiVersion(v) == apiVersion));

    public ResourceType this[string qualifiedName] => Types.First(t => t.QualifiedName == qualifiedName);

    /// <summary>Adds a type, or exchanges the one of the same group and plural.</summary>
    public void Serve(ResourceType type)
    {
        lock (_changing)
        {
            _types = new([.. Types.Where(t => t.QualifiedName != type.QualifiedName), type]);
        }
    }

    public void Withdraw(string qualifiedName)
    {
        lock (_changing)
        {
            _types = new([.. Types.Where(t => t.QualifiedName != qualifiedName)]);
        }
    }

    // A reference, so that exchanging it is atomic.
    private sealed record ImmutableArrayBox(ImmutableArray<ResourceType> Value);
}
