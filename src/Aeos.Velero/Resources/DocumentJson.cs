using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>
/// How documents in the bucket are read and written, without reflection. Their properties have setters: a generated reader gives one with init alone
/// no default when it is absent, and cannot gather unknown fields in it.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 128)]
[JsonSerializable(typeof(BackupDocument))]
[JsonSerializable(typeof(RestoreDocument))]
[JsonSerializable(typeof(ScheduleDocument))]
[JsonSerializable(typeof(BackupStorageLocationDocument))]
[JsonSerializable(typeof(DeleteBackupRequestDocument))]
[JsonSerializable(typeof(DownloadRequestDocument))]
[JsonSerializable(typeof(ServerStatusRequestDocument))]
internal sealed partial class DocumentJson : JsonSerializerContext;
