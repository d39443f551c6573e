using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Aeos.Velero.Resources;

/// <summary>Resource policies as a config map holds them (Velero 1.18, internal/resourcepolicies): types to include and exclude, and what becomes of volumes' data.</summary>
public sealed record ResourcePolicies
{
    private const string SupportedVersion = "v1";

    private static readonly string[] Fields = ["version", "volumePolicies", "includeExcludePolicy"];
    private static readonly string[] Conditions = ["capacity", "storageClass", "nfs", "csi", "volumeTypes", "pvcLabels", "pvcPhase"];
    private static readonly string[] Actions = ["skip", "fs-backup", "snapshot", "custom"];

    /// <summary>Types without namespaces to include.</summary>
    public IReadOnlyList<string> IncludedClusterScopedResources { get; private init; } = [];

    /// <summary>Types without namespaces to exclude.</summary>
    public IReadOnlyList<string> ExcludedClusterScopedResources { get; private init; } = [];

    /// <summary>Types with namespaces to include.</summary>
    public IReadOnlyList<string> IncludedNamespaceScopedResources { get; private init; } = [];

    /// <summary>Types with namespaces to exclude.</summary>
    public IReadOnlyList<string> ExcludedNamespaceScopedResources { get; private init; } = [];

    /// <summary>Whether there are policies about types at all.</summary>
    public bool HasTypes { get; private init; }

    /// <summary>How many policies there are about volumes' data.</summary>
    public int VolumePolicies { get; private init; }

    /// <summary>Reads policies.</summary>
    /// <param name="yaml">The config map's one value.</param>
    /// <exception cref="AeosException">No YAML, a field that is not known, another version, a list that is not possible: says which.</exception>
    public static ResourcePolicies Parse(string yaml)
    {
        var root = Load(yaml);
        Known(root, Fields, "the policies");
        if (Text(root, "version") is var version && version != SupportedVersion)
        {
            throw Refused($"incompatible version number \"{version}\" with supported version {SupportedVersion}");
        }

        var volumes = (Find(root, "volumePolicies") as YamlSequenceNode)?.Children ?? [];
        foreach (var policy in volumes)
        {
            CheckVolumePolicy(policy as YamlMappingNode ?? throw Refused("a volume policy is no mapping"));
        }

        if (Find(root, "includeExcludePolicy") is not YamlMappingNode types)
        {
            return new ResourcePolicies { VolumePolicies = volumes.Count };
        }

        var policies = new ResourcePolicies
        {
            HasTypes = true,
            VolumePolicies = volumes.Count,
            IncludedClusterScopedResources = List(types, "includedClusterScopedResources"),
            ExcludedClusterScopedResources = List(types, "excludedClusterScopedResources"),
            IncludedNamespaceScopedResources = List(types, "includedNamespaceScopedResources"),
            ExcludedNamespaceScopedResources = List(types, "excludedNamespaceScopedResources"),
        };
        Known(
            types,
            ["includedClusterScopedResources", "excludedClusterScopedResources", "includedNamespaceScopedResources", "excludedNamespaceScopedResources"],
            "includeExcludePolicy");
        CheckLists(policies.IncludedClusterScopedResources, policies.ExcludedClusterScopedResources);
        CheckLists(policies.IncludedNamespaceScopedResources, policies.ExcludedNamespaceScopedResources);
        return policies;
    }

    private static void CheckLists(IReadOnlyList<string> includes, IReadOnlyList<string> excludes)
    {
        if (includes.Contains("*") || excludes.Contains("*"))
        {
            throw Refused("cannot use '*' in includes or excludes filters in the policy");
        }

        if (excludes.Intersect(includes, StringComparer.Ordinal).FirstOrDefault() is { } both)
        {
            throw Refused($"excludes list cannot contain an item in the includes list: {both}");
        }
    }

    private static void CheckVolumePolicy(YamlMappingNode policy)
    {
        Known(policy, ["conditions", "action"], "a volume policy");
        if (Find(policy, "conditions") is YamlMappingNode conditions)
        {
            Known(conditions, Conditions, "a volume policy's conditions");
        }

        if (Find(policy, "action") is not YamlMappingNode action || Text(action, "type") is not { } type || !Actions.Contains(type))
        {
            throw Refused($"a volume policy's action is none of {string.Join(", ", Actions)}");
        }
    }

    private static YamlMappingNode Load(string yaml)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException e)
        {
            throw Refused($"not YAML: {e.Message.TrimEnd('.')}", e);
        }

        return stream.Documents is [{ RootNode: YamlMappingNode root }, ..] ? root : throw Refused("they are no mapping");
    }

    private static void Known(YamlMappingNode node, string[] known, string what)
    {
        if (node.Children.Keys.Select(static key => (key as YamlScalarNode)?.Value).FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw Refused($"{what} have no field \"{unknown}\"; fields there: {string.Join(", ", known)}");
        }
    }

    private static YamlNode? Find(YamlMappingNode node, string name) => node.Children.TryGetValue(new YamlScalarNode(name), out var value) ? value : null;

    private static string? Text(YamlMappingNode node, string name) => (Find(node, name) as YamlScalarNode)?.Value;

    private static string[] List(YamlMappingNode node, string name)
        => Find(node, name) is YamlSequenceNode list ? [.. list.Children.OfType<YamlScalarNode>().Select(static item => item.Value ?? "")] : [];

    private static AeosException Refused(string cause, Exception? innerException = null)
        => new(cause, "Correct the config map that spec.resourcePolicy names.", innerException);
}
