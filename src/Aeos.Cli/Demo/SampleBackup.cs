using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Aeos.Cli.Demo;

/// <summary>A small backup as Velero makes it: the archive in Velero's layout (pkg/archive), and the Backup resource beside it.</summary>
/// <param name="Name">The backup's name.</param>
/// <param name="Archive">The archive, a tar in gzip.</param>
/// <param name="Metadata">The Backup resource as JSON.</param>
internal sealed record SampleBackup(string Name, byte[] Archive, byte[] Metadata)
{
    private const string Namespace = "shop";

    /// <summary>The archive's object key.</summary>
    public string ArchiveKey => $"backups/{Name}/{Name}.tar.gz";

    /// <summary>The Backup resource's object key.</summary>
    public string MetadataKey => $"backups/{Name}/velero-backup.json";

    /// <summary>Makes a backup with the Secret in it.</summary>
    public static SampleBackup Create(string name, SampleSecret secret)
    {
        using var archive = new MemoryStream();
        using (var gzip = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Pax))
        {
            Add(tar, "metadata/version", "1.1.0\n");
            AddItem(tar, "namespaces", null, Namespace, $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{Namespace}}}"}}""");
            AddItem(tar, "configmaps", Namespace, "settings", $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"{{{Namespace}}}"},"data":{"backup":"{{{name}}}"}}""");
            AddItem(tar, "secrets", Namespace, "database", SecretItem(secret));
        }

        return new SampleBackup(name, archive.ToArray(), Encoding.UTF8.GetBytes(BackupItem(name)));
    }

    private static string SecretItem(SampleSecret secret) =>
        $$$"""
        {"apiVersion":"v1","kind":"Secret","type":"Opaque","metadata":{"name":"database","namespace":"{{{Namespace}}}","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"database\"},\"stringData\":{\"password\":\"{{{secret.Password}}}\"}}"}},"data":{"password":"{{{secret.Base64}}}"}}
        """;

    private static string BackupItem(string name) =>
        $$$"""{"apiVersion":"velero.io/v1","kind":"Backup","metadata":{"name":"{{{name}}}","namespace":"velero"},"spec":{"includedNamespaces":["{{{Namespace}}}"]},"status":{"formatVersion":"1.1.0","phase":"Completed","version":1}}""";

    // Each item lies under its resource, and once more under the version that the cluster preferred.
    private static void AddItem(TarWriter tar, string resource, string? namespaceName, string name, string json)
    {
        var scope = namespaceName is null ? "cluster" : $"namespaces/{namespaceName}";
        Add(tar, $"resources/{resource}/{scope}/{name}.json", json);
        Add(tar, $"resources/{resource}/v1-preferredversion/{scope}/{name}.json", json);
    }

    private static void Add(TarWriter tar, string path, string content)
    {
        using var data = new MemoryStream(Encoding.UTF8.GetBytes(content));
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = data });
    }
}
