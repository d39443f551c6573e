using Aeos.ObjectStore.Encrypted;

namespace Aeos.ObjectStore.Tests.Encrypted;

/// <summary>What somebody who can write to the bucket, and has no key, can try.</summary>
public sealed class TamperingTests : IDisposable
{
    private const string First = "backups/b1/b1.tar.gz";
    private const string Second = "backups/b2/b2.tar.gz";

    private readonly EncryptedBucket _bucket = new();

    public void Dispose() => _bucket.Dispose();

    [Fact]
    public async Task Two_objects_that_were_swapped_are_both_refused()
    {
        await using var store = _bucket.Open();
        await store.PutAsync(First, "first");
        await store.PutAsync(Second, "second");
        var (first, second) = (await _bucket.Bare.GetAsync(First), await _bucket.Bare.GetAsync(Second));

        await _bucket.Bare.PutAsync(First, second);
        await _bucket.Bare.PutAsync(Second, first);

        (await RefusedAsync(store, First)).Message.ShouldContain(First);
        (await RefusedAsync(store, Second)).Message.ShouldContain(Second);
    }

    [Fact]
    public async Task An_object_under_another_name_is_refused_in_either_scope()
    {
        await using var store = _bucket.Open();
        await store.PutAsync(First, "first");
        var stored = await _bucket.Bare.GetAsync(First);

        foreach (var (key, scope) in new[] { ("x/" + First, EncryptionScope.All), ("backups/b1/b1-logs.gz", EncryptionScope.Archive) })
        {
            await _bucket.Bare.PutAsync(key, stored);
            await using var reader = _bucket.Open(scope);
            await RefusedAsync(reader, key);
        }
    }

    [Fact]
    public async Task A_flipped_bit_anywhere_is_refused()
    {
        await using var store = _bucket.Open();
        await store.PutAsync(First, "first");
        var stored = await _bucket.Bare.GetAsync(First);

        for (var i = 0; i < stored.Length; i++)
        {
            stored[i] ^= 0x10;
            await _bucket.Bare.PutAsync(First, stored);
            await RefusedAsync(store, First);
            stored[i] ^= 0x10;
        }
    }

    [Fact]
    public async Task An_object_cut_or_lengthened_anywhere_is_refused()
    {
        await using var store = _bucket.Open();
        await store.PutAsync(First, "first");
        var stored = await _bucket.Bare.GetAsync(First);

        for (var length = 0; length < stored.Length; length += 7)
        {
            await _bucket.Bare.PutAsync(First, stored[..length]);
            await RefusedAsync(store, First);
        }

        await _bucket.Bare.PutAsync(First, [.. stored, 0]);
        await RefusedAsync(store, First);
    }

    [Fact]
    public async Task Plaintext_in_place_of_a_message_is_refused_with_what_it_may_mean()
    {
        await _bucket.Bare.PutAsync(First, "forged");
        await _bucket.Bare.PutAsync("backups/b1/b1-logs.gz", "forged");

        await using var all = _bucket.Open();
        (await RefusedAsync(all, First)).Remedy.ShouldContain("allowPlaintext");
        await RefusedAsync(all, "backups/b1/b1-logs.gz");
        await using var archives = _bucket.Open(EncryptionScope.Archive);
        await RefusedAsync(archives, First);
        _bucket.Log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Plaintext_that_is_allowed_is_read_with_a_warning_that_names_it()
    {
        await _bucket.Bare.PutAsync(First, "from before");
        await using var store = _bucket.Open(allowPlaintext: true);

        (await store.GetTextAsync(First)).ShouldBe("from before");

        var line = _bucket.Log.Lines.ShouldHaveSingleItem();
        line.ShouldStartWith("Warning");
        line.ShouldContain(First);
    }

    [Fact]
    public async Task A_message_is_checked_all_the_same_where_plaintext_is_allowed()
    {
        await using var store = _bucket.Open(allowPlaintext: true);
        await store.PutAsync(First, "first");
        var stored = await _bucket.Bare.GetAsync(First);
        stored[^1] ^= 1;
        await _bucket.Bare.PutAsync(First, stored);

        await RefusedAsync(store, First);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("production")]
    [InlineData("staging ")]
    public async Task A_domain_is_required_once_it_is_configured(string? written)
    {
        await using (var other = _bucket.Open(domain: written))
        {
            await other.PutAsync(First, "first");
        }

        await using var store = _bucket.Open(domain: "staging");

        await RefusedAsync(store, First);
    }

    [Fact]
    public async Task Of_the_same_domain_objects_are_read()
    {
        await using (var one = _bucket.Open(domain: "staging"))
        {
            await one.PutAsync(First, "first");
        }

        await using var store = _bucket.Open(domain: "staging");

        (await store.GetTextAsync(First)).ShouldBe("first");
    }

    private static Task<ObjectRefusedException> RefusedAsync(IObjectStore store, string key) =>
        Should.ThrowAsync<ObjectRefusedException>(() => store.GetAsync(key));
}
