using System.Text.Json;
using Aeos.Backup.Reading;
using Aeos.ObjectStore;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Restores.Reading;

/// <summary>Looks whether a backup of Velero's has volume data, which is not restored here: nobody may learn that from an empty database.</summary>
internal static class VolumeDataCheck
{
    /// <summary>The warning; null when the backup has no volume data.</summary>
    public static async Task<string?> FindAsync(BucketReader bucket, BackupKeys keys, EncryptionStatus? hint, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var (key, what) in ((string, string)[])
            [
                (keys.PodVolumeBackups, "pod volume backups"),
                (keys.VolumeSnapshots, "volume snapshots"),
                (keys.CsiVolumeSnapshotContents, "CSI snapshots"),
            ])
        {
            if (await CountAsync(bucket, key, hint, static _ => true, cancellationToken).ConfigureAwait(false) is var count and > 0)
            {
                found.Add($"{count} {what}");
            }
        }

        if (found.Count == 0 && await CountAsync(bucket, keys.VolumeInfo, hint, HasData, cancellationToken).ConfigureAwait(false) is var volumes and > 0)
        {
            found.Add($"{volumes} volumes with data");
        }

        return found.Count == 0 ? null
            : $"the backup {keys.Name} has volume data ({string.Join(", ", found)}), WHICH IS NOT RESTORED: every claim comes back with an empty volume. Restore the data with Velero";
    }

    private static bool HasData(JsonElement volume) => volume.ValueKind == JsonValueKind.Object
        && volume.TryGetProperty("backupMethod", out var method) && method.ValueKind == JsonValueKind.String && method.GetString()!.Length > 0;

    private static async Task<int> CountAsync(
        BucketReader bucket, string key, EncryptionStatus? hint, Func<JsonElement, bool> counts, CancellationToken cancellationToken)
    {
        try
        {
            using var document = JsonDocument.Parse(await bucket.ReadCompanionAsync(key, hint, cancellationToken).ConfigureAwait(false));
            return document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement.EnumerateArray().Count(counts) : 0;
        }
        catch (Exception failure) when (failure is ObjectNotFoundException or JsonException)
        {
            // Older backups have fewer of these objects.
            return 0;
        }
    }
}
