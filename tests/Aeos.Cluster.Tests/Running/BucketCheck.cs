using System.Text.Json;
using System.Text.Json.Nodes;
using Aeos.Backup.Keys;
using Aeos.Backup.Reading;
using Aeos.Encryption.Keys;
using Aeos.Velero.Archive;
using Aeos.Velero.Layout;

namespace Aeos.Cluster.Tests.Running;

/// <summary>What holds of a bucket at any time: each object that is visible is whole, and what says that it is complete is.</summary>
internal static class BucketCheck
{
    /// <param name="bucket">The bucket.</param>
    /// <param name="otherPhase">A phase that they may be in besides Completed.</param>
    public static async Task RunAsync(Bucket bucket, string otherPhase = "Completed")
    {
        using var key = WrappingKey.FromBytes(await File.ReadAllBytesAsync(bucket.KeyFile));
        var reader = new BucketReader(bucket.Store, new ReadingKeys([key], new KeyScope()), null);
        var keys = await bucket.KeysAsync();
        foreach (var name in keys)
        {
            if (name.EndsWith(".tar.gz", StringComparison.Ordinal))
            {
                (await CountAsync(reader, name.Split('/')[1])).ShouldBeGreaterThan(0);
            }
            else if (name.EndsWith(".gz", StringComparison.Ordinal))
            {
                var content = await reader.ReadCompanionAsync(name, null, default);
                if (name.EndsWith(".json.gz", StringComparison.Ordinal))
                {
                    JsonDocument.Parse(content).Dispose();
                }
            }
            else
            {
                await CheckDocumentAsync(reader, bucket, keys, name, otherPhase);
            }
        }
    }

    private static async Task CheckDocumentAsync(BucketReader reader, Bucket bucket, List<string> keys, string name, string otherPhase)
    {
        var document = JsonNode.Parse(bucket.Stored(name))!;
        var owner = name.Split('/')[1];
        $"{document.At("metadata", "name")}".ShouldBe(owner);
        if (name == new BackupKeys(owner).Document)
        {
            var all = new BackupKeys(owner);
            foreach (var expected in (string[])[all.Archive, all.Logs, all.Results, all.ResourceList, all.ItemOperations, all.PodVolumeBackups, all.VolumeSnapshots, all.VolumeInfo])
            {
                keys.ShouldContain(expected);
            }

            $"{document.At("status", "phase")}".ShouldBeOneOf("Completed", otherPhase);
            $"{document.At("status", "progress", "itemsBackedUp")}".ShouldBe($"{await CountAsync(reader, owner)}");
        }
        else
        {
            var all = new RestoreKeys(owner);
            name.ShouldBe(all.Document);
            foreach (var expected in (string[])[all.Results, all.ResourceList])
            {
                keys.ShouldContain(expected);
            }

            $"{document.At("status", "phase")}".ShouldBeOneOf("Completed", otherPhase);
        }
    }

    // The items of an archive, which is read to its verified end.
    private static async Task<int> CountAsync(BucketReader reader, string backup)
    {
        await using var archive = new ArchiveReader(await reader.OpenArchiveAsync(backup, null, requireEncryption: true, default));
        var count = 0;
        while (await archive.ReadAsync(default) is { } entry)
        {
            count += ArchivePath.TryParse(entry.Name, out var path) && path.Version.Length == 0 ? 1 : 0;
        }

        return count;
    }
}
