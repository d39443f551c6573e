using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>Hooks of a restore, and which pods they are for.</summary>
public sealed record RestoreResourceHookSpec
{
    /// <summary>The name, for the log.</summary>
    public string Name { get; set; } = "";

    /// <summary>Namespaces that the pods are restored into; absent or empty: all.</summary>
    public IReadOnlyList<string>? IncludedNamespaces { get; set; }

    /// <summary>Namespaces that are left out.</summary>
    public IReadOnlyList<string>? ExcludedNamespaces { get; set; }

    /// <summary>Types. Velero does not look at them: these hooks are for pods.</summary>
    public IReadOnlyList<string>? IncludedResources { get; set; }

    /// <summary>Types. Velero does not look at them: these hooks are for pods.</summary>
    public IReadOnlyList<string>? ExcludedResources { get; set; }

    /// <summary>Labels that the pods must have; absent: any.</summary>
    public LabelSelector? LabelSelector { get; set; }

    /// <summary>The hooks, in order.</summary>
    public IReadOnlyList<RestoreResourceHook>? PostHooks { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
