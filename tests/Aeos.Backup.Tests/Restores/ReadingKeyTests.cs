using System.Security.Cryptography;
using Aeos.Backup.Keys;
using Aeos.Encryption.Keys;

namespace Aeos.Backup.Tests.Restores;

/// <summary>With which keys backups are restored, whatever was switched on since they were made.</summary>
public class ReadingKeyTests
{
    private static byte[] Archive { get; } = new VeleroArchive().AddItem("configmaps", Manifests.ConfigMap("one")).ToBytes();

    [Fact]
    public async Task A_plain_backup_of_before_is_restored_by_one_who_encrypts_now()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Archive);

        await bench.RestoreAsync(keys: [bench.Key]);

        IsRestored(bench).ShouldBeTrue();
    }

    [Fact]
    public async Task An_encrypted_backup_is_restored_by_one_who_does_not_encrypt_now_with_the_Secret_that_its_document_names()
    {
        await using var bench = await RestoreBench.StartAsync();
        Seed(bench, "aeos-key", bench.Key.Bytes);
        await bench.PutBackupAsync(await bench.EncryptAsync(Archive), Hint("aeos-key"));

        await bench.RestoreAsync(keys: [], scope: new KeyScope { Cluster = bench.Client });

        IsRestored(bench).ShouldBeTrue();
    }

    [Fact]
    public async Task After_the_Secret_was_exchanged_for_one_of_another_name_an_old_backup_is_restored_with_the_old_one()
    {
        await using var bench = await RestoreBench.StartAsync();
        using var current = WrappingKey.Generate(256);
        Seed(bench, "old", bench.Key.Bytes);
        Seed(bench, "current", current.Bytes);
        await bench.PutBackupAsync(await bench.EncryptAsync(Archive), Hint("old"));

        await bench.RestoreAsync(keys: [current], scope: new KeyScope { Cluster = bench.Client });

        IsRestored(bench).ShouldBeTrue();
    }

    [Fact]
    public async Task After_a_new_key_was_put_under_the_same_name_the_error_says_which_key_the_backup_needs()
    {
        await using var bench = await RestoreBench.StartAsync();
        Seed(bench, "aeos-key", RandomNumberGenerator.GetBytes(32));
        await bench.PutBackupAsync(await bench.EncryptAsync(Archive), Hint("aeos-key"));

        var refusal = await Should.ThrowAsync<AeosException>(() => bench.RestoreAsync(keys: [], scope: new KeyScope { Cluster = bench.Client }));

        refusal.Message.ShouldContain(bench.Key.Name);
        refusal.Message.ShouldContain("secretName=\"aeos-key\"");
        bench.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_the_proposals_format_the_error_says_which_Secret_had_the_key_since_the_archive_names_none()
    {
        await using var bench = await RestoreBench.StartAsync();
        Seed(bench, "aeos-key", RandomNumberGenerator.GetBytes(32));
        await bench.PutBackupAsync(RandomNumberGenerator.GetBytes(1000), """{"isEncrypted":true,"keyRetrieverType":"secret","keyRetrieverConfig":{"secretName":"aeos-key","namespace":"velero"}}""");

        var refusal = await Should.ThrowAsync<AeosException>(() => bench.RestoreAsync(keys: [], scope: new KeyScope { Cluster = bench.Client }));

        refusal.Message.ShouldContain("secretName=\"aeos-key\"");
        bench.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_document_that_names_a_file_leads_into_the_folder_of_keys_and_no_further()
    {
        await using var bench = await RestoreBench.StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(bench.SpoolFolder, "keys"));
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "backup.key"), bench.Key.Bytes.ToArray());
        await File.WriteAllBytesAsync(Path.Combine(bench.SpoolFolder, "outside.key"), bench.Key.Bytes.ToArray());
        var scope = new KeyScope { KeyFolder = folder.FullName };

        await bench.PutBackupAsync(await bench.EncryptAsync(Archive), FileHint("../outside.key"));
        await Should.ThrowAsync<KeySourceException>(() => bench.RestoreAsync(keys: [], scope: scope));
        bench.Writes.ShouldBeEmpty();

        await bench.PutBackupAsync(await bench.EncryptAsync(Archive), FileHint("backup.key"));
        await bench.RestoreAsync(keys: [], scope: scope);
        IsRestored(bench).ShouldBeTrue();
    }

    [Fact]
    public async Task An_unknown_kind_of_key_names_itself_and_the_known_ones()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(await bench.EncryptAsync(Archive), """{"isEncrypted":true,"keyRetrieverType":"vault","format":"message"}""");

        var refusal = await Should.ThrowAsync<KeySourceException>(() => bench.RestoreAsync(keys: []));

        refusal.Cause.ShouldContain("\"vault\"");
        refusal.Cause.ShouldContain("secret and file");
    }

    [Fact]
    public async Task A_Secret_that_is_gone_is_named()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(await bench.EncryptAsync(Archive), Hint("gone"));

        (await Should.ThrowAsync<KeySourceException>(() => bench.RestoreAsync(keys: [], scope: new KeyScope { Cluster = bench.Client }))).Cause.ShouldContain("velero/gone");
    }

    [Fact]
    public async Task One_who_requires_encryption_is_given_nothing_else_not_even_when_the_document_says_that_it_is_encrypted()
    {
        await using var bench = await RestoreBench.StartAsync();
        foreach (var encryption in (string[])["{}", """{"isEncrypted":false}""", """{"isEncrypted":true,"format":"message"}"""])
        {
            await bench.PutBackupAsync(Archive, encryption);
            await Should.ThrowAsync<AeosException>(() => bench.RestoreAsync(requireEncryption: true));
        }

        bench.Writes.ShouldBeEmpty();
    }

    private static void Seed(RestoreBench bench, string name, ReadOnlySpan<byte> key)
    {
        if (bench.Cluster.Find("v1", "Namespace", null, "velero") is null)
        {
            bench.Cluster.Seed(Manifests.Namespace("velero"));
        }

        bench.Cluster.Seed($$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"{{{name}}}","namespace":"velero"},"data":{"encryptionKey":"{{{Convert.ToBase64String(key)}}}"}}""");
    }

    private static string Hint(string secret) =>
        $$$"""{"isEncrypted":true,"keyRetrieverType":"secret","keyRetrieverConfig":{"secretName":"{{{secret}}}","namespace":"velero"},"format":"message"}""";

    private static string FileHint(string name) =>
        $$$"""{"isEncrypted":true,"keyRetrieverType":"file","keyRetrieverConfig":{"fileName":"{{{name}}}"},"format":"message"}""";

    private static bool IsRestored(RestoreBench bench) => bench.Cluster.Find("v1", "ConfigMap", "shop", "one") is not null;
}
