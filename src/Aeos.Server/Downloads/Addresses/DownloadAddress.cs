namespace Aeos.Server.Downloads.Addresses;

/// <summary>The one object that an address is for.</summary>
/// <param name="Location">The name of its BackupStorageLocation.</param>
/// <param name="Bucket">The bucket that the location had when the address was made.</param>
/// <param name="Key">The object's key, relative to the location's prefix.</param>
internal sealed record DownloadAddress(string Location, string Bucket, string Key)
{
    /// <summary>Whether the object is a backup's archive: everything that was backed up, Secrets too.</summary>
    public bool IsArchive => Key.EndsWith(".tar.gz", StringComparison.Ordinal);
}
