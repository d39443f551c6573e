using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Aeos.Cluster.Tests.Running;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Archives;

/// <summary>Archives that this project did not write.</summary>
public class VeleroArchiveTests
{
    private const string LongName = "a-long-label-of-a-name.a-long-label-of-a-name.a-long-label-of-a-name.a-long-label-of-a-name.a-long-label-of-a-name"
        + ".a-long-label-of-a-name.a-long-label-of-a-name.a-long-label-of-a-name.a-long-label-of-a-name.a-long-label-of-a-name";

    private static readonly string FromVelero = Path.Combine(AppContext.BaseDirectory, "Archives", "velero-1.18.tar.gz");

    // As Go encodes JSON: keys in order, <, > and & escaped, no newline at the end.
    private const string Settings = """
        {"apiVersion":"v1","data":{"k":"é \u003c\u003e\u0026 \"x\"\u2028\n"},"kind":"ConfigMap","metadata":{"creationTimestamp":"2026-11-22T00:57:31Z","name":"settings","namespace":"velero-shop","resourceVersion":"7","uid":"5f4f2b0a-6a2e-4b5e-9d59-7f6a6b6c0001"}}
        """;

    /// <summary>The file was written by Velero's own pkg/backup (main, d30d389b5, after 1.18) from kube-apiserver 1.36; docs/tested-with.md has the versions.</summary>
    [Fact]
    public async Task What_Veleros_own_code_wrote_is_restored()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        await bucket.PutBackupAsync("velero", await File.ReadAllBytesAsync(FromVelero));

        var shop = await RestoreAsync(room, bucket, "velero");

        await ShouldHaveSettingsAsync(room, shop);
        $"{(await room.GetAsync("v1", "ConfigMap", shop, LongName)).At("data", "k")}".ShouldBe("v");
        $"{(await room.GetAsync("v1", "Secret", shop, "password")).At("data", "p")}".ShouldBe("AP8H");
        $"{(await room.GetAsync("v1", "Namespace", null, shop)).At("metadata", "annotations", "note")}".ShouldBe("<é>");
        $"{(await room.GetAsync("apps/v1", "Deployment", shop, "web")).At("spec", "template", "spec", "serviceAccountName")}".ShouldBe("runner");
        $"{(await room.GetAsync("v1", "Service", shop, "web")).At("spec", "type")}".ShouldBe("NodePort");
        (await room.GetAsync("v1", "Pod", shop, "lone")).At("spec", "nodeName").ShouldBeNull();
        $"{(await room.GetAsync("rbac.authorization.k8s.io/v1", "RoleBinding", shop, "reader")).At("subjects", 0, "namespace")}".ShouldBe(shop);
        $"{(await room.GetAsync("batch/v1", "CronJob", shop, "nightly")).At("spec", "suspend")}".ShouldBe("true");
    }

    [Fact]
    public async Task A_layout_built_from_Veleros_source_is_restored()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var longMap = """{"apiVersion":"v1","data":{"k":"v"},"kind":"ConfigMap","metadata":{"name":"NAME","namespace":"velero-shop"}}""".Replace("NAME", LongName, StringComparison.Ordinal);
        var splitName = new string('s', 95);
        var splitMap = longMap.Replace(LongName, splitName, StringComparison.Ordinal);
        var archive = new GoTar()
            .AddFile("metadata/version", "1.1.0\n")
            .AddFile("resources/configmaps/namespaces/velero-shop/settings.json", Settings)
            .AddFile("resources/configmaps/v1-preferredversion/namespaces/velero-shop/settings.json", Settings)

            // With EnableAPIGroupVersions there are other versions too.
            .AddFile("resources/configmaps/v1beta1/namespaces/velero-shop/settings.json", Settings.Replace("\"v1\"", "\"v1beta1\"", StringComparison.Ordinal))
            .AddFile($"resources/configmaps/namespaces/velero-shop/{splitName}.json", splitMap + "\n")
            .AddFile($"resources/configmaps/v1-preferredversion/namespaces/velero-shop/{splitName}.json", splitMap + "\n")
            .AddFile($"resources/configmaps/namespaces/velero-shop/{LongName}.json", longMap)
            .AddFile($"resources/configmaps/v1-preferredversion/namespaces/velero-shop/{LongName}.json", longMap);
        await bucket.PutBackupAsync("velero", archive.ToBytes());

        var shop = await RestoreAsync(room, bucket, "velero");

        await ShouldHaveSettingsAsync(room, shop);
        $"{(await room.GetAsync("v1", "ConfigMap", shop, LongName)).At("data", "k")}{(await room.GetAsync("v1", "ConfigMap", shop, splitName)).At("data", "k")}".ShouldBe("vv");
    }

    [Theory]
    [InlineData("1\n")]
    [InlineData(null)]
    public async Task Archives_from_before_folders_of_versions_are_restored(string? version)
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var archive = new GoTar();
        if (version is not null)
        {
            archive.AddFile("metadata/version", version);
        }

        archive.AddFile("resources/namespaces/cluster/velero-shop.json", """{"apiVersion":"v1","kind":"Namespace","metadata":{"labels":{"team":"a"},"name":"velero-shop"},"spec":{"finalizers":["kubernetes"]},"status":{"phase":"Active"}}""");
        archive.AddFile("resources/configmaps/namespaces/velero-shop/settings.json", Settings);
        await bucket.PutBackupAsync("velero", archive.ToBytes());

        var shop = await RestoreAsync(room, bucket, "velero");

        await ShouldHaveSettingsAsync(room, shop);
        $"{(await room.GetAsync("v1", "Namespace", null, shop)).At("metadata", "labels", "team")}".ShouldBe("a");
    }

    /// <summary>The proposal's format, from its text alone: nonce of 12 bytes, ciphertext, tag of 16 bytes, AES-256-GCM, nothing authenticated besides.</summary>
    [Fact]
    public async Task What_the_proposals_prototype_encrypted_is_restored()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var plain = new GoTar().AddFile("metadata/version", "1.1.0\n")
            .AddFile("resources/configmaps/namespaces/velero-shop/settings.json", Settings)
            .AddFile("resources/configmaps/v1-preferredversion/namespaces/velero-shop/settings.json", Settings).ToBytes();
        var (nonce, cipher, tag) = (RandomNumberGenerator.GetBytes(12), new byte[plain.Length], new byte[16]);
        using (var gcm = new AesGcm(await File.ReadAllBytesAsync(bucket.KeyFile), tag.Length))
        {
            gcm.Encrypt(nonce, plain, cipher, tag);
        }

        const string Status = ""","encryption":{"isEncrypted":true,"keyRetrieverType":"secret","keyRetrieverConfig":{"secretName":"backup-key","namespace":"velero"}}""";
        await bucket.PutBackupAsync("prototype", [.. nonce, .. cipher, .. tag], Status);
        await bucket.PutBackupAsync("forged", [.. nonce, .. cipher[..^1], (byte)(cipher[^1] ^ 1), .. tag], Status);

        await Should.ThrowAsync<AeosException>(() => RestoreAsync(room, bucket, "forged"));
        (await room.FindAsync("v1", "Namespace", null, room.Name("shop"))).ShouldBeNull();
        await ShouldHaveSettingsAsync(room, await RestoreAsync(room, bucket, "prototype"));
    }

    [Fact]
    public async Task What_leaves_the_layout_is_refused_as_a_whole()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        foreach (var (backup, name) in new[] { ("up", "resources/configmaps/namespaces/velero-shop/../../../../etc/passwd.json"), ("root", "/resources/configmaps/cluster/a.json") })
        {
            var archive = new GoTar().AddFile("resources/configmaps/namespaces/velero-shop/settings.json", Settings).AddFile(name, Settings);
            await bucket.PutBackupAsync(backup, archive.ToBytes());
            await Should.ThrowAsync<AeosException>(() => RestoreAsync(room, bucket, backup));
        }

        (await room.FindAsync("v1", "Namespace", null, room.Name("shop"))).ShouldBeNull();
    }

    [Fact]
    public async Task The_layout_built_here_is_the_one_that_Go_writes()
    {
        var plain = Unpacked(await File.ReadAllBytesAsync(FromVelero));
        var built = new GoTar();
        using var reader = new TarReader(new MemoryStream(plain));
        while (reader.GetNextEntry(copyData: true) is { } entry)
        {
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            built.AddFile(entry.Name, content.ToArray(), entry.ModificationTime.ToUnixTimeSeconds());
        }

        built.ToTar().ShouldBe(plain);
    }

    private static async Task<string> RestoreAsync(ClusterRoom room, Bucket bucket, string backup)
    {
        var shop = room.Name("shop");
        await bucket.RestoreCleanlyAsync(new RestoreSpec { BackupName = backup, NamespaceMapping = new Dictionary<string, string> { ["velero-shop"] = shop } });
        return shop;
    }

    private static async Task ShouldHaveSettingsAsync(ClusterRoom room, string shop)
        => $"{(await room.GetAsync("v1", "ConfigMap", shop, "settings")).At("data", "k")}".ShouldBe("é <>& \"x\"\u2028\n");

    private static byte[] Unpacked(byte[] packed)
    {
        using var plain = new MemoryStream();
        new GZipStream(new MemoryStream(packed), CompressionMode.Decompress).CopyTo(plain);
        return plain.ToArray();
    }
}
