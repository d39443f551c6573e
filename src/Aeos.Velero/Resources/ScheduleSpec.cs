using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A Schedule's <c>spec</c> (Velero 1.18, pkg/apis/velero/v1/schedule_types.go).</summary>
public sealed record ScheduleSpec
{
    /// <summary>What each backup is to be.</summary>
    public BackupSpec Template { get; set; } = new();

    /// <summary>When: five cron fields, a descriptor such as <c>@daily</c>, or <c>@every</c> with a duration; <c>CRON_TZ=ZONE</c> before it.</summary>
    public string Schedule { get; set; } = "";

    /// <summary>Whether its backups go when it goes.</summary>
    public bool? UseOwnerReferencesInBackup { get; set; }

    /// <summary>Whether no backups are made for now.</summary>
    public bool? Paused { get; set; }

    /// <summary>Whether a backup that is due already is skipped, once; null: as the server has it.</summary>
    public bool? SkipImmediately { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
