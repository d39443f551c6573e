using System.Security.Cryptography;
using System.Text;
using Aeos.Backup.Backups;
using Aeos.Backup.Keys;
using Aeos.Backup.Reading;
using Aeos.Encryption;
using Aeos.ObjectStore.Encrypted;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Backups;

public class EncryptedBackupTests
{
    private static readonly byte[] Marker = "a-marker-that-must-stay-secret-4711"u8.ToArray();

    private static async Task<BackupFixture> StartAsync()
    {
        var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        fixture.SeedSecret("shop", "s", "k", Marker);
        fixture.Seed($$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m","namespace":"shop"},"data":{"text":"{{{Encoding.ASCII.GetString(Marker)}}}"}}""");
        return fixture;
    }

    [Fact]
    public async Task The_archive_is_a_message_that_the_plugins_location_reads_and_the_bucket_holds_nothing_of_the_secrets()
    {
        await using var fixture = await StartAsync();
        var file = fixture.WriteKeyFile(out _);
        using var encryption = await BackupFixture.FromFileAsync(file);
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Encryption = encryption });

        var keys = new BackupKeys("b1");
        fixture.Stored(keys.Archive)[..3].ShouldBe((byte[])[2, 4, 0x78]);
        fixture.StoredText(keys.ResourceList).ShouldContain("shop/s");
        var bucket = fixture.WholeBucket().AsSpan();
        bucket.IndexOf(Marker).ShouldBe(-1);
        bucket.IndexOf(Encoding.ASCII.GetBytes(Convert.ToBase64String(Marker)[..20])).ShouldBe(-1);
        bucket.IndexOf(Encoding.ASCII.GetBytes(Path.GetDirectoryName(file)! + "/backup.key")).ShouldBe(-1);

        await using var location = await fixture.OpenAsPluginAsync(file, ("encrypt", "archive"));
        await using var archive = await location.Store.OpenReadAsync(keys.Archive, default);
        using var plain = new MemoryStream();
        await archive.CopyToAsync(plain);
        BackupFixture.Untar(plain.ToArray())["resources/configmaps/namespaces/shop/m.json"].ShouldContain(Encoding.ASCII.GetString(Marker));

        var status = BackupDocument.Parse(fixture.Stored(keys.Document), "document").Status.Encryption!;
        status.IsEncrypted.ShouldBeTrue();
        status.Format.ShouldBe("message");
        status.KeyRetrieverType.ShouldBe("file");
        status.KeyRetrieverConfig!["fileName"].ShouldBe("backup.key");
    }

    [Fact]
    public async Task A_domain_of_the_location_is_bound_into_the_message()
    {
        await using var fixture = await StartAsync();
        var file = fixture.WriteKeyFile(out _);
        using var encryption = await BackupFixture.FromFileAsync(file);
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Encryption = encryption }, ("encryptionDomain", "north"));
        await using var south = await fixture.OpenAsPluginAsync(file, ("encryptionDomain", "south"));
        await Should.ThrowAsync<MessageRefusedException>(async () => await south.Store.OpenReadAsync(new BackupKeys("b1").Archive, default));
        await using var north = await fixture.OpenAsPluginAsync(file, ("encryptionDomain", "north"));
        await using var archive = await north.Store.OpenReadAsync(new BackupKeys("b1").Archive, default);
    }

    [Fact]
    public async Task The_locations_own_key_never_encrypts()
    {
        await using var fixture = await StartAsync();
        var file = fixture.WriteKeyFile(out _);
        await fixture.BackUpAsync(new BackupRequest { Name = "b1" }, ("encryptionKeyFile", file));
        fixture.StoredArchive("b1").ShouldContainKey("resources/secrets/namespaces/shop/s.json");
    }

    [Fact]
    public async Task Scope_all_leaves_the_document_alone_readable()
    {
        await using var fixture = await StartAsync();
        var file = fixture.WriteKeyFile(out _);
        using var encryption = await BackupFixture.FromFileAsync(file, scope: EncryptionScope.All);
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Encryption = encryption });
        var keys = new BackupKeys("b1");
        foreach (var key in fixture.StoredKeys().Where(key => key != keys.Document))
        {
            fixture.Stored(key)[..3].ShouldBe((byte[])[2, 4, 0x78], key);
        }

        var status = BackupDocument.Parse(fixture.Stored(keys.Document), "document").Status;
        status.Phase.ShouldBe("Completed");
        status.Encryption!.Scope.ShouldBe("all");
        await using var location = await fixture.OpenAsync();
        using var reading = new ReadingKeys([encryption.Key], new KeyScope());
        var list = await new BucketReader(location.Store, reading, location.Domain).ReadCompanionAsync(keys.ResourceList, null, default);
        Encoding.UTF8.GetString(list).ShouldContain("shop/s");
    }

    [Fact]
    public async Task What_lies_beside_an_archive_in_plaintext_is_refused_where_the_backup_says_that_all_is_encrypted()
    {
        await using var fixture = await StartAsync();
        var file = fixture.WriteKeyFile(out _);
        using var encryption = await BackupFixture.FromFileAsync(file);
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Encryption = encryption });
        var keys = new BackupKeys("b1");
        await using var location = await fixture.OpenAsync();
        using var reading = new ReadingKeys([encryption.Key], new KeyScope());
        var reader = new BucketReader(location.Store, reading, location.Domain);
        var said = encryption.ToStatus();
        Encoding.UTF8.GetString(await reader.ReadCompanionAsync(keys.ResourceList, said, default)).ShouldContain("shop/s");

        var refusal = await Should.ThrowAsync<ObjectRefusedException>(() => reader.ReadCompanionAsync(keys.ResourceList, said with { Scope = "all" }, default));
        refusal.Message.ShouldContain(keys.ResourceList);
        refusal.Message.ShouldContain("not encrypted");
    }

    [Fact]
    public async Task The_proposals_format_opens_with_one_call_of_AES_GCM()
    {
        await using var fixture = await StartAsync();
        var file = fixture.WriteKeyFile(out var key);
        using var encryption = await BackupFixture.FromFileAsync(file, ArchiveEncryptionFormat.AesGcm);
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Encryption = encryption });
        var blob = fixture.Stored(new BackupKeys("b1").Archive);
        var plain = new byte[blob.Length - 28];
        using var gcm = new System.Security.Cryptography.AesGcm(key, 16);
        gcm.Decrypt(blob.AsSpan(0, 12), blob.AsSpan(12, plain.Length), blob.AsSpan(blob.Length - 16), plain);
        BackupFixture.Untar(plain).ShouldContainKey("resources/secrets/namespaces/shop/s.json");
        var status = BackupDocument.Parse(fixture.Stored(new BackupKeys("b1").Document), "document").Status.Encryption!;
        status.IsEncrypted.ShouldBeTrue();
        status.Format.ShouldBeNull();
    }

    [Fact]
    public async Task The_keys_Secret_and_others_like_it_are_never_in_a_backup()
    {
        await using var fixture = await StartAsync();
        fixture.SeedNamespace("velero");
        fixture.SeedSecret("velero", "current", "encryptionKey", RandomNumberGenerator.GetBytes(32));
        fixture.SeedSecret("velero", "earlier", "encryptionKey", RandomNumberGenerator.GetBytes(32));
        fixture.SeedSecret("velero", "cloud-credentials", "cloud", "x"u8.ToArray());
        await fixture.BackUpAsync(new BackupRequest { Name = "plain" });
        var names = fixture.StoredArchive("plain").Keys.Where(key => key.StartsWith("resources/secrets/namespaces/velero", StringComparison.Ordinal));
        names.ShouldBe(["resources/secrets/namespaces/velero/cloud-credentials.json"]);

        using var encryption = await fixture.FromSecretAsync("velero", "current");
        var outcome = await fixture.BackUpAsync(new BackupRequest { Name = "b1", Namespace = "elsewhere", Encryption = encryption });
        outcome.Document.Status.Encryption!.KeyRetrieverConfig.ShouldBe(
            new Dictionary<string, string> { ["secretName"] = "current", ["namespace"] = "velero" }, ignoreOrder: true);
        fixture.StoredText(new BackupKeys("b1").ResourceList).ShouldNotContain("velero/current");
    }

    [Fact]
    public async Task A_backup_is_read_with_the_Secret_that_its_document_names()
    {
        await using var fixture = await StartAsync();
        fixture.SeedNamespace("velero");
        fixture.SeedSecret("velero", "old", "encryptionKey", RandomNumberGenerator.GetBytes(32));
        using var encryption = await fixture.FromSecretAsync("velero", "old");
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Encryption = encryption });
        await using var location = await fixture.OpenAsync();
        using var keys = new ReadingKeys(location.Keys, new KeyScope { Cluster = fixture.Client });
        var reader = new BucketReader(location.Store, keys, location.Domain);
        var document = await reader.ReadBackupAsync("b1", default);
        await using var archive = await reader.OpenArchiveAsync("b1", document.Status.Encryption, requireEncryption: false, default);
        using var plain = new MemoryStream();
        await archive.CopyToAsync(plain);
        BackupFixture.Untar(plain.ToArray()).ShouldContainKey("resources/secrets/namespaces/shop/s.json");
    }

    [Fact]
    public async Task Each_misconfigured_key_is_an_error_of_its_own()
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("velero");
        fixture.SeedSecret("velero", "no-field", "other", "x"u8.ToArray());
        fixture.SeedSecret("velero", "empty", "encryptionKey", []);
        fixture.SeedSecret("velero", "short", "encryptionKey", RandomNumberGenerator.GetBytes(31));
        async Task<string> CauseAsync(string ns, string name) => (await Should.ThrowAsync<AeosException>(() => fixture.FromSecretAsync(ns, name))).Cause;
        (await CauseAsync("velero", "missing")).ShouldContain("no Secret \"velero/missing\"");
        (await CauseAsync("velero", "no-field")).ShouldContain("lacks the field encryptionKey");
        (await CauseAsync("velero", "empty")).ShouldContain("empty");
        (await CauseAsync("velero", "short")).ShouldContain("31 bytes");
        (await CauseAsync("", "short")).ShouldContain("namespace");
        (await CauseAsync("velero", "")).ShouldContain("name");
        (await Should.ThrowAsync<AeosException>(() => BackupFixture.FromFileAsync("/nowhere/key"))).Cause.ShouldContain("no key file");
    }

    [Fact]
    public async Task A_Secret_with_an_encoded_key_is_refused_with_a_command_that_reads_the_Secret()
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("velero");
        fixture.SeedSecret("velero", "hex", "encryptionKey", System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(RandomNumberGenerator.GetBytes(32))));

        var refusal = await Should.ThrowAsync<AeosException>(() => fixture.FromSecretAsync("velero", "hex"));

        refusal.Remedy.ShouldContain("xxd -r -p <(kubectl get secret -n velero hex -o jsonpath='{.data.encryptionKey}' | base64 -d) > NEWFILE");
    }

    [Fact]
    public void What_the_bucket_says_of_a_key_leads_nowhere_else()
    {
        var scope = new KeyScope { KeyFolder = "/keys" };
        Should.Throw<KeySourceException>(() => KeyRetrievers.For("vault", null, scope)).Cause.ShouldContain("secret and file");
        foreach (var name in new[] { "../etc/shadow", "/etc/shadow", "..", "", "a\0b" })
        {
            Should.Throw<KeySourceException>(() => KeyRetrievers.For("file", new Dictionary<string, string> { ["fileName"] = name }, scope));
        }

        Should.Throw<KeySourceException>(() => KeyRetrievers.For("file", new Dictionary<string, string> { ["fileName"] = "k" }, new KeyScope()));
    }

    [Fact]
    public async Task A_Secret_outside_of_the_servers_namespace_is_not_read()
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.SeedSecret("default", "mine", "encryptionKey", RandomNumberGenerator.GetBytes(32));
        var config = new Dictionary<string, string> { ["secretName"] = "mine", ["namespace"] = "default" };
        Should.Throw<KeySourceException>(() => KeyRetrievers.For("secret", config, new KeyScope { Cluster = fixture.Client })).Cause.ShouldContain("\"velero\" only");
    }
}
