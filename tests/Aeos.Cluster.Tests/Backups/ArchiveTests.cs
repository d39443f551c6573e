using System.Text;
using System.Text.Json.Nodes;
using Aeos.Backup.Backups;
using Aeos.Backup.Keys;
using Aeos.Cluster.Tests.Running;
using Aeos.ObjectStore.Encrypted;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Backups;

public class ArchiveTests
{
    [Fact]
    public async Task Each_object_is_there_twice_just_as_the_server_sends_it()
    {
        await using var room = await ClusterRoom.OpenAsync(pageSize: 2);
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await room.CreateNamespaceAsync("shop");
        var longName = string.Join('.', Enumerable.Repeat("a-long-label-of-a-name", 10));
        await room.CreateConfigMapAsync(shop, longName, "é \\u0022 <>&");
        await room.CreateSecretAsync(shop, "secret", "p", [0, 1, 255]);
        await room.CreateAsync(
            $$$$$"""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"{{{{{shop}}}}}"},"spec":{"replicas":0,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}} """.TrimEnd());

        await bucket.BackUpAsync("nightly", new BackupSpec { IncludedNamespaces = [shop], IncludedResources = ["configmaps", "secrets"] });

        var entries = bucket.Entries("nightly");
        entries["metadata/version"].ShouldBe("1.1.0\n");
        foreach (var (type, name, kind) in new[] { ("configmaps", longName, "ConfigMap"), ("secrets", "secret", "Secret") })
        {
            var content = entries[$"resources/{type}/namespaces/{shop}/{name}.json"];
            entries[$"resources/{type}/v1-preferredversion/namespaces/{shop}/{name}.json"].ShouldBe(content);
            JsonNode.DeepEquals(JsonNode.Parse(content), await room.GetAsync("v1", kind, shop, name)).ShouldBeTrue(name);
        }
    }

    [Fact]
    public async Task Companion_objects_tell_the_same_story()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await room.CreateNamespaceAsync("shop");
        await room.CreateConfigMapAsync(shop, "map");

        await bucket.BackUpAsync("nightly", shop);

        var keys = new BackupKeys("nightly");
        (await bucket.KeysAsync()).Order(StringComparer.Ordinal).ShouldBe(((string[])[
            keys.Archive, keys.Document, keys.Logs, keys.Results, keys.ResourceList, keys.ItemOperations, keys.PodVolumeBackups, keys.VolumeSnapshots, keys.VolumeInfo,
        ]).Order(StringComparer.Ordinal));
        var list = bucket.Companion(keys.ResourceList).AsObject();
        list["v1/ConfigMap"]!.AsArray().Select(static name => $"{name}").ShouldContain($"{shop}/map");
        list["v1/Namespace"]!.AsArray().Select(static name => $"{name}").ShouldBe([shop]);
        list.Sum(static type => type.Value!.AsArray().Count).ShouldBe(bucket.Items("nightly").Count);
        var document = JsonNode.Parse(bucket.Stored(keys.Document))!;
        ($"{document.At("kind")}", $"{document.At("status", "phase")}", $"{document.At("status", "progress", "itemsBackedUp")}")
            .ShouldBe(("Backup", "Completed", $"{bucket.Items("nightly").Count}"));
        bucket.Companion(keys.VolumeInfo).AsArray().ShouldBeEmpty();
        bucket.Text(keys.Logs).ShouldContain($"{bucket.Items("nightly").Count} items");
    }

    [Theory]
    [InlineData(EncryptionScope.Archive)]
    [InlineData(EncryptionScope.All)]
    public async Task Nothing_that_is_encrypted_can_be_read(EncryptionScope scope)
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await room.CreateNamespaceAsync("shop");
        await room.CreateConfigMapAsync(shop, "map", "the-secret-sentence");
        using var encryption = await bucket.EncryptionAsync(scope: scope);

        await bucket.BackUpAsync("nightly", new BackupSpec { IncludedNamespaces = [shop] }, encryption);

        var keys = new BackupKeys("nightly");
        foreach (var key in await bucket.KeysAsync())
        {
            var stored = bucket.Stored(key);
            var isMessage = stored is [0x02, 0x04, 0x78, ..];
            isMessage.ShouldBe(key == keys.Archive || (scope == EncryptionScope.All && key != keys.Document), key);
            Encoding.Latin1.GetString(stored).ShouldNotContain("the-secret-sentence");
        }

        $"{JsonNode.Parse(bucket.Stored(keys.Document)).At("status", "encryption", "isEncrypted")}".ShouldBe("true");
    }

    [Fact]
    public async Task The_keys_own_Secret_is_never_in_a_backup()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var server = await room.CreateNamespaceAsync("server");
        await room.CreateSecretAsync(server, "backup-key", "encryptionKey", [.. Enumerable.Range(0, 32).Select(static value => (byte)(value * 7))]);
        await room.CreateSecretAsync(server, "earlier-key", "encryptionKey", new byte[32]);
        await room.CreateSecretAsync(server, "password", "p", [1]);
        using var encryption = await BackupEncryption.PrepareAsync(
            new SecretKeyRetriever(room.Client, server, "backup-key"), ArchiveEncryptionFormat.Message, EncryptionScope.Archive, static _ => { }, default);
        var spec = new BackupSpec { IncludedNamespaces = [server], IncludedResources = ["secrets"] };

        await bucket.BackUpAsync("plain", spec, @namespace: server);
        await bucket.BackUpAsync("nightly", spec, encryption, server);
        await room.DeleteAsync("v1", "Secret", server, "password");
        await bucket.RestoreAsync(new RestoreSpec { BackupName = "nightly" }, withKey: false, scope: new KeyScope { Cluster = room.Client, Namespace = server });

        bucket.Items("plain").Keys.ShouldBe([$"secrets/{server}/password"]);
        (await room.FindAsync("v1", "Secret", server, "password")).ShouldNotBeNull();
        $"{(await room.GetAsync("v1", "Secret", server, "backup-key")).At("metadata", "labels", "velero.io/restore-name")}".ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_is_given_once()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await room.CreateNamespaceAsync("shop");
        await bucket.BackUpAsync("nightly", shop);
        var before = bucket.Stored(new BackupKeys("nightly").Archive);

        (await Should.ThrowAsync<AeosException>(() => bucket.BackUpAsync("nightly", shop))).Cause.ShouldContain("nightly");

        bucket.Stored(new BackupKeys("nightly").Archive).ShouldBe(before);
    }
}
