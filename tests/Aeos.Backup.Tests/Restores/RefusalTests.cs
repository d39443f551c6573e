using System.Security.Cryptography;
using Aeos.Backup.Keys;
using Aeos.Encryption.Keys;

namespace Aeos.Backup.Tests.Restores;

/// <summary>What is refused, and that nothing of it is applied.</summary>
public class RefusalTests
{
    private const string Ours = """{"isEncrypted":true,"keyRetrieverType":"file","keyRetrieverConfig":{"fileName":"key"},"format":"message"}""";
    private const string Prototypes = """{"isEncrypted":true,"keyRetrieverType":"secret","keyRetrieverConfig":{"secretName":"aeos-key","namespace":"velero"}}""";

    private static byte[] Archive { get; } = new VeleroArchive()
        .AddItem("configmaps", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one","namespace":"shop"},"data":{"a":"b"}}""").ToBytes();

    [Fact]
    public async Task An_encrypted_archive_is_restored_whatever_its_document_says()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(await bench.EncryptAsync(Archive), """{"isEncrypted":false}""");

        await bench.RestoreAsync(requireEncryption: true);

        bench.Cluster.Find("v1", "ConfigMap", "shop", "one").ShouldNotBeNull();
    }

    [Fact]
    public async Task An_archive_cut_anywhere_applies_nothing()
    {
        await using var bench = await RestoreBench.StartAsync();
        foreach (var whole in (byte[][])[Archive, await bench.EncryptAsync(Archive)])
        {
            for (var length = 0; length < whole.Length; length += 1 + (whole.Length / 40))
            {
                await bench.PutBackupAsync(whole[..length]);
                await Should.ThrowAsync<AeosException>(() => bench.RestoreAsync(), $"cut to {length} of {whole.Length} bytes");
            }
        }

        bench.Writes.ShouldBeEmpty();
        Directory.GetFiles(bench.SpoolFolder).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_encrypted_archive_with_a_flipped_bit_applies_nothing()
    {
        await using var bench = await RestoreBench.StartAsync();
        var message = await bench.EncryptAsync(Archive);
        for (var position = 3; position < message.Length; position += 1 + (message.Length / 60))
        {
            var flipped = (byte[])message.Clone();
            flipped[position] ^= 1;
            await bench.PutBackupAsync(flipped, Ours);
            await Should.ThrowAsync<AeosException>(() => bench.RestoreAsync(), $"byte {position}");
        }

        bench.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_refusal_of_an_archive_that_changes_in_its_middle_names_the_object()
    {
        await using var bench = await RestoreBench.StartAsync();
        var message = await bench.EncryptAsync(Archive);
        message[^1] ^= 1;
        await bench.PutBackupAsync(message, Ours);

        var refusal = await Should.ThrowAsync<AeosException>(() => bench.RestoreAsync());

        refusal.Cause.ShouldContain("\"backups/nightly/nightly.tar.gz\"");
    }

    [Fact]
    public async Task A_Secret_that_the_backup_names_and_that_is_gone_is_not_to_be_made_anew()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(SealAsThePrototype(Archive, new byte[32]), Prototypes);

        var refusal = await Should.ThrowAsync<KeySourceException>(() => bench.RestoreAsync(keys: [], scope: new KeyScope { Cluster = bench.Client }));

        refusal.Cause.ShouldContain("velero/aeos-key");
        refusal.Remedy.ShouldContain("--encryption-key-file");
        refusal.Remedy.ShouldNotContain("keygen");
    }

    [Fact]
    public async Task A_wrong_key_applies_nothing_and_the_error_says_which_key_the_backup_needs()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(await bench.EncryptAsync(Archive), Ours);
        using var other = WrappingKey.Generate(256);

        var refusal = await Should.ThrowAsync<AeosException>(() => bench.RestoreAsync(keys: [other]));

        refusal.Message.ShouldContain(bench.Key.Name);
        bench.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_archive_that_was_written_as_another_object_is_refused()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(await bench.EncryptAsync(Archive, "backups/older/older.tar.gz"), Ours);

        await Should.ThrowAsync<AeosException>(() => bench.RestoreAsync());

        bench.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData(Ours, false)]
    public async Task An_archive_in_plaintext_is_refused_where_it_must_be_encrypted(string encryption, bool required)
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Archive, encryption);

        await Should.ThrowAsync<AeosException>(() => bench.RestoreAsync(requireEncryption: required));

        bench.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_backup_of_the_prototypes_format_is_restored_with_the_Secret_that_it_names()
    {
        await using var bench = await RestoreBench.StartAsync();
        var key = "0123456789abcdef0123456789abcdeX"u8.ToArray();
        bench.Cluster.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"velero"}}""");
        bench.Cluster.Seed($$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"aeos-key","namespace":"velero"},"data":{"encryptionKey":"{{{Convert.ToBase64String(key)}}}"}}""");
        await bench.PutBackupAsync(SealAsThePrototype(Archive, key), Prototypes);

        await bench.RestoreAsync(keys: [], scope: new KeyScope { Cluster = bench.Client });

        bench.Cluster.Find("v1", "ConfigMap", "shop", "one").ShouldNotBeNull();
    }

    [Fact]
    public async Task The_document_cannot_make_the_restore_read_a_Secret_of_another_namespace()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(SealAsThePrototype(Archive, new byte[32]), Prototypes.Replace("\"velero\"", "\"kube-system\"", StringComparison.Ordinal));
        bench.Cluster.BeforeRequest = request => request.Path.Contains("kube-system", StringComparison.Ordinal) ? throw new InvalidOperationException("asked") : null;

        var refusal = await Should.ThrowAsync<KeySourceException>(() => bench.RestoreAsync(keys: [], scope: new KeyScope { Cluster = bench.Client }));

        refusal.Message.ShouldContain("kube-system");
    }

    [Theory]
    [InlineData("../evil.json")]
    [InlineData("resources/configmaps/namespaces/../cluster/evil.json")]
    [InlineData("/etc/passwd")]
    [InlineData("resources/configmaps/namespaces/shop/evil.txt")]
    public async Task An_entry_outside_the_layout_is_refused(string name)
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(new VeleroArchive().Add(name, "{}").ToBytes());

        await Should.ThrowAsync<AeosException>(() => bench.RestoreAsync());

        bench.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_bomb_is_refused()
    {
        await using var bench = await RestoreBench.StartAsync();
        var deep = new string('[', 600) + new string(']', 600);
        foreach (var bomb in (string[])[$$"""{"a":{{deep}}}""", $$"""{"a":"{{new string('a', 17 * 1024 * 1024)}}"}"""])
        {
            await bench.PutBackupAsync(new VeleroArchive().Add("resources/configmaps/namespaces/shop/bomb.json", bomb).ToBytes());
            await Should.ThrowAsync<AeosException>(() => bench.RestoreAsync());
        }

        bench.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_entry_that_holds_another_object_than_its_name_says_is_not_applied()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(new VeleroArchive().Add(
            "resources/configmaps/namespaces/shop/one.json", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one","namespace":"kube-system"}}""").ToBytes());

        var (document, _) = await bench.RestoreAsync();

        document.Status.Phase.ShouldBe("PartiallyFailed");
        bench.Cluster.Find("v1", "ConfigMap", "kube-system", "one").ShouldBeNull();
    }

    // The proposal's format in its own few lines: nonce, ciphertext, tag.
    private static byte[] SealAsThePrototype(byte[] plaintext, byte[] key)
    {
        var sealedBytes = new byte[12 + plaintext.Length + 16];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, 12));
        using var gcm = new AesGcm(key, 16);
        gcm.Encrypt(sealedBytes.AsSpan(0, 12), plaintext, sealedBytes.AsSpan(12, plaintext.Length), sealedBytes.AsSpan(12 + plaintext.Length));
        return sealedBytes;
    }
}
