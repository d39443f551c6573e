using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>Hooks of a backup, and which items they are for.</summary>
public sealed record BackupResourceHookSpec
{
    /// <summary>The name, for the log.</summary>
    public string Name { get; set; } = "";

    /// <summary>Namespaces of the items; absent or empty: all.</summary>
    public IReadOnlyList<string>? IncludedNamespaces { get; set; }

    /// <summary>Namespaces that are left out.</summary>
    public IReadOnlyList<string>? ExcludedNamespaces { get; set; }

    /// <summary>Types of the items; absent or empty: all. Hooks are run for pods alone.</summary>
    public IReadOnlyList<string>? IncludedResources { get; set; }

    /// <summary>Types that are left out.</summary>
    public IReadOnlyList<string>? ExcludedResources { get; set; }

    /// <summary>Labels that the items must have; absent: any.</summary>
    public LabelSelector? LabelSelector { get; set; }

    /// <summary>Run before the item is written, in order.</summary>
    [JsonPropertyName("pre")]
    public IReadOnlyList<BackupResourceHook>? PreHooks { get; set; }

    /// <summary>Run after the item and what follows from it were written, in order.</summary>
    [JsonPropertyName("post")]
    public IReadOnlyList<BackupResourceHook>? PostHooks { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
