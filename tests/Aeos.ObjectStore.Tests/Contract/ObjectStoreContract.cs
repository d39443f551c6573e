using System.Security.Cryptography;

namespace Aeos.ObjectStore.Tests.Contract;

/// <summary>
/// What every <see cref="IObjectStore"/> promises, as tests. A class for a store derives from it and opens an empty bucket for each test.
/// </summary>
public abstract partial class ObjectStoreContract : IAsyncLifetime
{
    /// <summary>The store under test, on an empty bucket.</summary>
    protected IObjectStore Store { get; private set; } = null!;

    /// <summary>How many objects the test of long listings stores; more than two pages of the store, if it has pages.</summary>
    protected virtual int ManyObjects => 300;

    public async Task InitializeAsync() => Store = await OpenEmptyAsync();

    public async Task DisposeAsync() => await Store.DisposeAsync();

    /// <summary>Opens the store on a bucket that is there and empty.</summary>
    protected abstract ValueTask<IObjectStore> OpenEmptyAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(5_000_003)]
    public async Task What_was_put_is_read_back(int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);

        await PutAsync("backups/b1/b1.tar.gz", content);

        (await GetAsync("backups/b1/b1.tar.gz")).ShouldBe(content);
    }

    [Fact]
    public async Task An_object_written_in_pieces_is_whole()
    {
        var content = RandomNumberGenerator.GetBytes(200_000);

        await using (var writer = await Store.CreateAsync("a", CancellationToken.None))
        {
            for (int offset = 0, piece = 0; offset < content.Length; offset += piece)
            {
                piece = Math.Min(1 + (offset % 16_384), content.Length - offset);
                await writer.WriteAsync(content.AsMemory(offset, piece));
            }

            await writer.CommitAsync(CancellationToken.None);
        }

        (await GetAsync("a")).ShouldBe(content);
    }

    [Fact]
    public async Task A_put_replaces_what_was_there()
    {
        await PutAsync("a/b", "a longer first content"u8.ToArray());
        await PutAsync("a/b", "second"u8.ToArray());

        (await GetAsync("a/b")).ShouldBe("second"u8.ToArray());
        (await ListAsync()).ShouldBe(["a/b"]);
    }

    [Fact]
    public async Task Nothing_is_visible_before_the_commit()
    {
        await using var writer = await Store.CreateAsync("a/b", CancellationToken.None);
        await writer.WriteAsync(new byte[100_000]);
        await writer.FlushAsync();

        (await ListAsync()).ShouldBeEmpty();
        (await PrefixesAsync("", "/")).ShouldBeEmpty();
        (await Store.ExistsAsync("a/b", CancellationToken.None)).ShouldBeFalse();
        await Should.ThrowAsync<ObjectNotFoundException>(() => GetAsync("a/b"));
    }

    [Fact]
    public async Task A_writer_that_is_given_up_leaves_nothing()
    {
        await using (var writer = await Store.CreateAsync("a/b", CancellationToken.None))
        {
            await writer.WriteAsync(new byte[100_000]);
        }

        (await ListAsync()).ShouldBeEmpty();
        (await PrefixesAsync("", "/")).ShouldBeEmpty();
        (await Store.ExistsAsync("a/b", CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_writer_that_is_given_up_leaves_the_object_that_was_there()
    {
        await PutAsync("a", "first"u8.ToArray());

        await using (var writer = await Store.CreateAsync("a", CancellationToken.None))
        {
            await writer.WriteAsync("second"u8.ToArray());
        }

        (await GetAsync("a")).ShouldBe("first"u8.ToArray());
    }

    [Fact]
    public async Task A_writer_takes_nothing_after_its_commit()
    {
        await using var writer = await Store.CreateAsync("a", CancellationToken.None);
        await writer.WriteAsync("whole"u8.ToArray());
        await writer.CommitAsync(CancellationToken.None);

        await Should.ThrowAsync<InvalidOperationException>(async () => await writer.WriteAsync("more"u8.ToArray()));
        await Should.ThrowAsync<InvalidOperationException>(async () => await writer.CommitAsync(CancellationToken.None));
        await writer.DisposeAsync();

        (await GetAsync("a")).ShouldBe("whole"u8.ToArray());
    }

    [Fact]
    public async Task Of_two_writers_of_one_key_the_last_commit_stands_whole()
    {
        var first = RandomNumberGenerator.GetBytes(300_000);
        var second = RandomNumberGenerator.GetBytes(200_000);
        await using var one = await Store.CreateAsync("k", CancellationToken.None);
        await using var two = await Store.CreateAsync("k", CancellationToken.None);
        await two.WriteAsync(second);
        await one.WriteAsync(first);

        await two.CommitAsync(CancellationToken.None);
        (await GetAsync("k")).ShouldBe(second);
        await one.CommitAsync(CancellationToken.None);

        (await GetAsync("k")).ShouldBe(first);
    }

    [Fact]
    public async Task Many_writers_of_one_key_at_once_leave_one_of_their_objects_whole()
    {
        var contents = Enumerable.Range(0, 8).Select(i => Enumerable.Repeat((byte)i, 50_000 + i).ToArray()).ToArray();

        await Task.WhenAll(contents.Select(content => Task.Run(() => PutAsync("same/key", content))));

        var stored = await GetAsync("same/key");
        contents.ShouldContain(content => content.SequenceEqual(stored));
        (await ListAsync()).ShouldBe(["same/key"]);
    }

    [Fact]
    public async Task A_missing_object_is_not_found_and_named()
    {
        var cases = new Func<Task>[]
        {
            () => GetAsync("backups/gone"),
            async () => await Store.DeleteAsync("backups/gone", CancellationToken.None),
        };

        foreach (var use in cases)
        {
            var error = await Should.ThrowAsync<ObjectNotFoundException>(use);
            error.Key.ShouldBe("backups/gone");
            error.Message.ShouldContain("not found");
            error.Message.ShouldContain("backups/gone");
        }

        (await Store.ExistsAsync("backups/gone", CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_deleted_object_is_gone_and_its_neighbours_stay()
    {
        await PutAsync("b/1/x", "x"u8.ToArray());
        await PutAsync("b/2/y", "y"u8.ToArray());

        await Store.DeleteAsync("b/1/x", CancellationToken.None);

        (await Store.ExistsAsync("b/1/x", CancellationToken.None)).ShouldBeFalse();
        (await ListAsync()).ShouldBe(["b/2/y"]);
        (await PrefixesAsync("b/", "/")).ShouldBe(["b/2/"]);
        await Should.ThrowAsync<ObjectNotFoundException>(async () => await Store.DeleteAsync("b/1/x", CancellationToken.None));
    }

    [Fact]
    public async Task A_part_of_a_key_is_no_object()
    {
        await PutAsync("backups/b1/log.gz", "x"u8.ToArray());

        foreach (var part in new[] { "backups", "backups/b1", "backups/b1/", "backups/b1/log", "backups/b1/log.gz/more" })
        {
            (await Store.ExistsAsync(part, CancellationToken.None)).ShouldBeFalse(part);
            await Should.ThrowAsync<ObjectNotFoundException>(() => GetAsync(part));
            await Should.ThrowAsync<ObjectNotFoundException>(async () => await Store.DeleteAsync(part, CancellationToken.None));
        }

        (await ListAsync()).ShouldBe(["backups/b1/log.gz"]);
    }

    [Fact]
    public async Task A_read_that_began_gives_the_object_that_it_began_with_or_fails()
    {
        var first = RandomNumberGenerator.GetBytes(400_000);
        await PutAsync("a", first);
        await using var reader = await Store.OpenReadAsync("a", CancellationToken.None);
        var beginning = new byte[10];
        await reader.ReadExactlyAsync(beginning);

        await PutAsync("a", RandomNumberGenerator.GetBytes(400_000));

        using var rest = new MemoryStream();
        try
        {
            await reader.CopyToAsync(rest);
        }
        catch (ObjectStoreException)
        {
            return;
        }

        beginning.Concat(rest.ToArray()).ShouldBe(first);
    }

    /// <summary>Puts an object in one write.</summary>
    protected async Task PutAsync(string key, byte[] content)
    {
        await using var writer = await Store.CreateAsync(key, CancellationToken.None);
        await writer.WriteAsync(content);
        await writer.CommitAsync(CancellationToken.None);
    }

    /// <summary>Reads an object whole.</summary>
    protected async Task<byte[]> GetAsync(string key)
    {
        await using var reader = await Store.OpenReadAsync(key, CancellationToken.None);
        using var content = new MemoryStream();
        await reader.CopyToAsync(content);
        return content.ToArray();
    }

    /// <summary>The keys under a prefix.</summary>
    protected async Task<List<string>> ListAsync(string prefix = "")
    {
        List<string> keys = [];
        await foreach (var key in Store.ListAsync(prefix, CancellationToken.None))
        {
            keys.Add(key);
        }

        return keys;
    }

    /// <summary>The common prefixes under a prefix.</summary>
    protected async Task<List<string>> PrefixesAsync(string prefix, string delimiter)
    {
        List<string> prefixes = [];
        await foreach (var found in Store.ListCommonPrefixesAsync(prefix, delimiter, CancellationToken.None))
        {
            prefixes.Add(found);
        }

        return prefixes;
    }
}
