using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A Backup's <c>spec.hooks</c> (Velero 1.18, pkg/apis/velero/v1/backup_types.go): what is run while items are backed up.</summary>
public sealed record BackupHooks
{
    /// <summary>Hooks around single items.</summary>
    public IReadOnlyList<BackupResourceHookSpec>? Resources { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
