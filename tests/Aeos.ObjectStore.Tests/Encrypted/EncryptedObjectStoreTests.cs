using System.Text;
using Aeos.Encryption;
using Aeos.Encryption.Messages;
using Aeos.ObjectStore.Encrypted;

namespace Aeos.ObjectStore.Tests.Encrypted;

/// <summary>What the encrypting store does for its user: scopes, URLs, errors.</summary>
public sealed class EncryptedObjectStoreTests : IDisposable
{
    private const string Archive = "backups/b1/b1.tar.gz";
    private const string Log = "backups/b1/b1-logs.gz";

    private readonly EncryptedBucket _bucket = new();

    public void Dispose() => _bucket.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a secret of some length")]
    public async Task What_is_stored_is_a_message_that_does_not_hold_the_content(string content)
    {
        await using var store = _bucket.Open();
        await store.PutAsync(Log, content);

        var stored = await _bucket.Bare.GetAsync(Log);
        MessagePrefix.IsMessage(stored).ShouldBeTrue();
        (content.Length > 1 && Encoding.Latin1.GetString(stored).Contains(content, StringComparison.Ordinal)).ShouldBeFalse();
        (await store.GetTextAsync(Log)).ShouldBe(content);
    }

    [Fact]
    public async Task The_same_content_is_never_stored_as_the_same_bytes()
    {
        await using var store = _bucket.Open();
        await store.PutAsync(Log, "content");
        var first = await _bucket.Bare.GetAsync(Log);
        await store.PutAsync(Log, "content");

        (await _bucket.Bare.GetAsync(Log)).ShouldNotBe(first);
    }

    [Fact]
    public async Task Scope_archive_encrypts_archives_alone()
    {
        await using var store = _bucket.Open(EncryptionScope.Archive);
        await store.PutAsync(Archive, "archive");
        await store.PutAsync(Log, "log");

        MessagePrefix.IsMessage(await _bucket.Bare.GetAsync(Archive)).ShouldBeTrue();
        (await _bucket.Bare.GetTextAsync(Log)).ShouldBe("log");
        (await store.GetTextAsync(Archive)).ShouldBe("archive");
        (await store.GetTextAsync(Log)).ShouldBe("log");
        _bucket.Log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Scope_archive_reads_what_scope_all_wrote()
    {
        await using (var all = _bucket.Open())
        {
            await all.PutAsync(Log, "log");
        }

        await using var store = _bucket.Open(EncryptionScope.Archive);

        (await store.GetTextAsync(Log)).ShouldBe("log");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task Content_that_begins_as_a_message_is_not_stored_in_plaintext_however_it_is_cut(int piece)
    {
        byte[] content = [0x02, 0x04, 0x78, 1, 2, 3, 4, 5];
        await using var store = _bucket.Open(EncryptionScope.Archive);
        await using (var writer = await store.CreateAsync(Log, CancellationToken.None))
        {
            var error = await Should.ThrowAsync<ObjectStoreException>(async () =>
            {
                foreach (var part in content.Chunk(piece))
                {
                    await writer.WriteAsync(part);
                }
            });
            error.Message.ShouldContain(Log);
            await Should.ThrowAsync<InvalidOperationException>(async () => await writer.CommitAsync(CancellationToken.None));
        }

        (await store.ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_object_shorter_than_a_messages_beginning_is_stored_in_plaintext()
    {
        await using var store = _bucket.Open(EncryptionScope.Archive);
        foreach (byte[] content in new byte[][] { [], [0x02], [0x02, 0x04], [0x02, 0x04, 0x14] })
        {
            await store.PutAsync(Log, content);

            (await store.GetAsync(Log)).ShouldBe(content);
        }
    }

    [Fact]
    public async Task Moving_the_bucket_or_the_prefix_keeps_every_object_readable()
    {
        await using (var before = _bucket.Open(prefix: "clusters/one"))
        {
            await before.PutAsync(Archive, "archive");
        }

        _bucket.Rename("velero/clusters", "velero/moved");
        _bucket.Rename("velero", "elsewhere");

        await using var store = _bucket.Open(bucket: "elsewhere", prefix: "moved/one");
        (await store.GetTextAsync(Archive)).ShouldBe("archive");
    }

    [Fact]
    public async Task A_url_for_an_encrypted_object_is_refused_with_the_way_to_read_it()
    {
        await using (var all = _bucket.Open())
        {
            await all.PutAsync(Log, "log");
        }

        foreach (var scope in new[] { EncryptionScope.All, EncryptionScope.Archive })
        {
            await using var store = _bucket.Open(scope, around: inner => new StoreAround(inner));
            var error = await Should.ThrowAsync<ObjectStoreException>(() => UrlAsync(store, Log));
            error.Cause.ShouldContain("is encrypted");
            error.Remedy.ShouldContain($"aeos store get \"{Log}\"");
        }
    }

    [Fact]
    public async Task A_url_for_a_plaintext_object_is_the_stores_own()
    {
        await using var store = _bucket.Open(EncryptionScope.Archive, around: inner => new StoreAround(inner));
        await store.PutAsync(Log, "log");

        (await UrlAsync(store, Log)).Host.ShouldBe("store.invalid");
    }

    [Fact]
    public async Task A_url_for_a_missing_object_is_not_found()
    {
        await using var store = _bucket.Open(around: inner => new StoreAround(inner));

        (await Should.ThrowAsync<ObjectNotFoundException>(() => UrlAsync(store, Log))).Key.ShouldBe(Log);
    }

    [Fact]
    public async Task A_url_for_plaintext_that_would_be_refused_on_reading_is_refused_too()
    {
        await _bucket.Bare.PutAsync(Archive, "forged");
        await using var store = _bucket.Open(EncryptionScope.Archive, around: inner => new StoreAround(inner));

        await Should.ThrowAsync<ObjectRefusedException>(() => UrlAsync(store, Archive));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(100)]
    [InlineData(70_000)]
    public async Task A_connection_that_breaks_in_a_read_is_the_stores_error_and_no_refusal(int at)
    {
        await using (var whole = _bucket.Open())
        {
            await whole.PutAsync(Archive, new byte[200_000]);
        }

        await using var store = _bucket.Open(around: inner => new StoreAround(inner) { BreakReadsAt = at });

        (await Should.ThrowAsync<AeosException>(() => store.GetAsync(Archive))).ShouldBeOfType<ObjectStoreException>().Cause.ShouldBe("the connection broke");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(70_000)]
    public async Task A_write_that_failed_cannot_be_committed(int at)
    {
        await using (var store = _bucket.Open(around: inner => new StoreAround(inner) { BreakWritesAt = at }))
        {
            await using var writer = await store.CreateAsync(Archive, CancellationToken.None);
            await Should.ThrowAsync<ObjectStoreException>(async () => await writer.WriteAsync(new byte[200_000]));
            await Should.ThrowAsync<InvalidOperationException>(async () => await writer.CommitAsync(CancellationToken.None));
        }

        (await _bucket.Bare.ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_key_is_an_error_that_names_the_object()
    {
        await using (var one = _bucket.Open())
        {
            await one.PutAsync(Archive, "archive");
        }

        await using var store = _bucket.Open(key: new byte[32]);

        var error = await Should.ThrowAsync<ObjectRefusedException>(() => store.GetAsync(Archive));
        error.Key.ShouldBe(Archive);
        error.Message.ShouldContain(Archive);
        error.InnerException.ShouldBeOfType<MessageRefusedException>();
        error.Message.ShouldNotContain("not found", Case.Insensitive);
        error.Message.ShouldNotContain("does not exist", Case.Insensitive);
    }

    private static Task<Uri> UrlAsync(IObjectStore store, string key) =>
        store.CreateSignedUrlAsync(key, TimeSpan.FromMinutes(10), CancellationToken.None).AsTask();
}
