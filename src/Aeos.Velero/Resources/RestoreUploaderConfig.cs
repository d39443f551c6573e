namespace Aeos.Velero.Resources;

/// <summary>How volumes' data is written.</summary>
public sealed record RestoreUploaderConfig
{
    /// <summary>Whether files get holes where they have zeros.</summary>
    public bool? WriteSparseFiles { get; set; }

    /// <summary>Files that are fetched at once.</summary>
    public int? ParallelFilesDownload { get; set; }
}
