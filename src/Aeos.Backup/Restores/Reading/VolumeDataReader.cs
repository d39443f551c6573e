using System.Text.Json;
using Aeos.Backup.Reading;
using Aeos.Backup.Restores.Preparing;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Restores.Reading;

/// <summary>Reads which volumes a backup of Velero's has data of. It is not restored here: nobody may learn that from an empty database.</summary>
internal sealed class VolumeDataReader(BucketReader bucket, BackupKeys keys, EncryptionStatus? hint)
{
    private const string ClaimAnnotation = "velero.io/pvc-name";

    private readonly HashSet<string> _volumes = new(StringComparer.Ordinal);
    private readonly HashSet<(string, string)> _claims = [];
    private readonly List<string> _found = [];
    private readonly List<string> _unread = [];

    /// <summary>Reads it.</summary>
    /// <returns>The volumes, and what has to be said of them. What is damaged is said, too: the objects come back without it.</returns>
    public async Task<(VolumeData Volumes, IReadOnlyList<string> Warnings)> ReadAsync(CancellationToken cancellationToken)
    {
        await CountAsync(keys.PodVolumeBackups, "pod volume backups", AddPodVolume, cancellationToken).ConfigureAwait(false);
        await CountAsync(keys.VolumeSnapshots, "volume snapshots", AddSnapshot, cancellationToken).ConfigureAwait(false);
        await CountAsync(keys.CsiVolumeSnapshots, "CSI snapshots", AddCsiSnapshot, cancellationToken).ConfigureAwait(false);
        await CountAsync(keys.VolumeInfo, "volumes with data", AddVolume, cancellationToken).ConfigureAwait(false);
        string[] warnings =
        [
            .. _found.Count == 0 ? (string[])[]
                : [$"the backup {keys.Name} has volume data ({string.Join(", ", _found)}), WHICH IS NOT RESTORED: every claim comes back with an empty volume. Restore the data with Velero"],
            .. _unread.Select(static problem => $"IT IS NOT KNOWN WHICH VOLUMES HAD DATA, and claims come back with empty ones: {problem}"),
        ];
        return (new VolumeData(_volumes, _claims), warnings);
    }

    private bool AddPodVolume(JsonElement backup)
    {
        _claims.Add((Text(backup, "spec", "pod", "namespace"), Text(backup, "metadata", "annotations", ClaimAnnotation)));
        return true;
    }

    private bool AddSnapshot(JsonElement snapshot)
    {
        _volumes.Add(Text(snapshot, "spec", "persistentVolumeName"));
        return true;
    }

    private bool AddCsiSnapshot(JsonElement snapshot)
    {
        _claims.Add((Text(snapshot, "metadata", "namespace"), Text(snapshot, "spec", "source", "persistentVolumeClaimName")));
        return true;
    }

    private bool AddVolume(JsonElement volume) => Text(volume, "backupMethod").Length > 0 && _volumes.Add(Text(volume, "pvName"));

    private async Task CountAsync(string key, string what, Func<JsonElement, bool> add, CancellationToken cancellationToken)
    {
        try
        {
            // Older backups have fewer of these objects.
            if (await bucket.TryReadCompanionAsync(key, hint, cancellationToken).ConfigureAwait(false) is { } content)
            {
                using var document = JsonDocument.Parse(content);
                var count = document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement.EnumerateArray().Count(add) : 0;
                if (count > 0)
                {
                    _found.Add($"{count} {what}");
                }
            }
        }
        catch (JsonException failure)
        {
            _unread.Add($"\"{key}\" is not JSON: {failure.Message}");
        }
        catch (AeosException failure)
        {
            _unread.Add(failure.Cause);
        }
    }

    private static string Text(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return "";
            }
        }

        return element.ValueKind == JsonValueKind.String ? element.GetString()! : "";
    }
}
