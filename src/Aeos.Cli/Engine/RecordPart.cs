using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Engine;

/// <summary>One of the objects that a backup or a restore leaves beside its document.</summary>
/// <param name="Key">Where the bucket has it.</param>
/// <param name="Kind">What a DownloadRequest calls it.</param>
/// <param name="Name">Whose it is.</param>
internal sealed record RecordPart(string Key, string Kind, string Name)
{
    public static RecordPart BackupLog(string name) => new(new BackupKeys(name).Logs, DownloadTargetKind.BackupLog, name);

    public static RecordPart BackupResults(string name) => new(new BackupKeys(name).Results, DownloadTargetKind.BackupResults, name);

    public static RecordPart BackupResourceList(string name) => new(new BackupKeys(name).ResourceList, DownloadTargetKind.BackupResourceList, name);

    public static RecordPart BackupArchive(string name) => new(new BackupKeys(name).Archive, DownloadTargetKind.BackupContents, name);

    public static RecordPart RestoreLog(string name) => new(new RestoreKeys(name).Logs, DownloadTargetKind.RestoreLog, name);

    public static RecordPart RestoreResults(string name) => new(new RestoreKeys(name).Results, DownloadTargetKind.RestoreResults, name);

    public static RecordPart RestoreResourceList(string name) => new(new RestoreKeys(name).ResourceList, DownloadTargetKind.RestoreResourceList, name);
}
