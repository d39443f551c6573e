namespace Aeos.Velero.Resources;

/// <summary>A DownloadRequest's phases.</summary>
public static class DownloadRequestPhase
{
    /// <summary>Not looked at yet.</summary>
    public const string New = "New";

    /// <summary>It is answered.</summary>
    public const string Processed = "Processed";
}
