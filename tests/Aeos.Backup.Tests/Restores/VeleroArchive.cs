using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Aeos.Backup.Tests.Restores;

/// <summary>
/// An archive as Velero 1.18 lays it out (pkg/backup/item_backupper.go, pkg/backup/backup.go): written here with the BCL's tar, by none of Aeos's code.
/// </summary>
internal sealed class VeleroArchive
{
    private readonly List<(string Name, byte[] Content)> _entries = [];

    public VeleroArchive(bool hasPreferredVersions = true)
    {
        HasPreferredVersions = hasPreferredVersions;
        Add("metadata/version", hasPreferredVersions ? "1.1.0\n" : "1\n");
    }

    public bool HasPreferredVersions { get; }

    public VeleroArchive Add(string name, string content)
    {
        _entries.Add((name, Encoding.UTF8.GetBytes(content)));
        return this;
    }

    /// <param name="groupResource">As in <c>deployments.apps</c>.</param>
    /// <param name="json">The object.</param>
    public VeleroArchive AddItem(string groupResource, string json)
    {
        var item = JsonNode.Parse(json)!;
        var ns = (string?)item["metadata"]!["namespace"];
        var scope = ns is null ? "cluster" : $"namespaces/{ns}";
        var version = ((string)item["apiVersion"]!).Split('/')[^1];
        var name = (string)item["metadata"]!["name"]!;
        Add($"resources/{groupResource}/{scope}/{name}.json", json);
        return HasPreferredVersions ? Add($"resources/{groupResource}/{version}-preferredversion/{scope}/{name}.json", json) : this;
    }

    public byte[] ToBytes()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Pax))
        {
            foreach (var (name, content) in _entries)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content), Mode = (UnixFileMode)0b111_101_101 });
            }
        }

        return packed.ToArray();
    }
}
