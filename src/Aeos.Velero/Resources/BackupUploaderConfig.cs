namespace Aeos.Velero.Resources;

/// <summary>How files of volumes are read.</summary>
public sealed record BackupUploaderConfig
{
    /// <summary>Files that are read at once.</summary>
    public int? ParallelFilesUpload { get; set; }
}
