using Aeos.ObjectStore.Filesystem;

namespace Aeos.ObjectStore.Tests.Filesystem;

public sealed class FilesystemStoreTests : IDisposable
{
    private readonly TempFolder _root = new();
    private readonly string _bucket;
    private readonly FilesystemStore _store;

    public FilesystemStoreTests()
    {
        _bucket = _root.Make("velero");
        _store = new FilesystemStore(_root.Path, "velero");
    }

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task A_key_is_the_path_of_its_file()
    {
        await _store.PutAsync("backups/b 1/ü.tar.gz", "content");

        (await File.ReadAllTextAsync(Path.Combine(_bucket, "backups/b 1/ü.tar.gz"))).ShouldBe("content");
        Directory.GetFileSystemEntries(_bucket).ShouldBe([Path.Combine(_bucket, "backups")]);
    }

    [Fact]
    public async Task A_file_that_somebody_put_there_is_an_object()
    {
        Directory.CreateDirectory(Path.Combine(_bucket, "backups/b1"));
        await File.WriteAllTextAsync(Path.Combine(_bucket, "backups/b1/log.gz"), "content");

        (await _store.ListAsync()).ShouldBe(["backups/b1/log.gz"]);
        (await _store.GetTextAsync("backups/b1/log.gz")).ShouldBe("content");
    }

    [Fact]
    public async Task Deleting_the_last_object_of_a_folder_removes_the_folder_but_never_the_bucket()
    {
        await _store.PutAsync("backups/b1/one", "x");
        await _store.PutAsync("backups/b1/two", "x");

        await _store.DeleteAsync("backups/b1/one", CancellationToken.None);
        Directory.Exists(Path.Combine(_bucket, "backups/b1")).ShouldBeTrue();
        await _store.DeleteAsync("backups/b1/two", CancellationToken.None);

        Directory.GetFileSystemEntries(_bucket).ShouldBeEmpty();
        Directory.Exists(_bucket).ShouldBeTrue();
    }

    [Fact]
    public async Task Empty_folders_are_not_listed_and_give_way_to_an_object_of_their_name()
    {
        Directory.CreateDirectory(Path.Combine(_bucket, "a/b/c"));
        (await _store.ListAsync()).ShouldBeEmpty();
        (await _store.PrefixesAsync()).ShouldBeEmpty();
        (await _store.PrefixesAsync("a/")).ShouldBeEmpty();

        await _store.PutAsync("a", "x");

        (await _store.GetTextAsync("a")).ShouldBe("x");
    }

    [Fact]
    public async Task An_object_and_objects_below_its_name_refuse_one_another()
    {
        await _store.PutAsync("file", "x");
        await _store.PutAsync("folder/x", "x");

        var below = await Should.ThrowAsync<ObjectKeyRefusedException>(() => _store.PutAsync("file/x/y", "y"));
        below.Rule.ShouldContain("one name");
        var above = await Should.ThrowAsync<ObjectKeyRefusedException>(() => _store.PutAsync("folder", "y"));
        above.Rule.ShouldContain("one name");

        (await _store.ListAsync()).ShouldBe(["file", "folder/x"]);
        (await _store.GetTextAsync("file")).ShouldBe("x");
    }

    [Fact]
    public async Task An_object_that_came_below_the_name_while_another_was_written_stays_and_the_commit_is_refused()
    {
        await using (var writer = await _store.CreateAsync("a", CancellationToken.None))
        {
            await _store.PutAsync("a/b", "x");
            await Should.ThrowAsync<ObjectKeyRefusedException>(async () => await writer.CommitAsync(CancellationToken.None));
        }

        (await _store.ListAsync()).ShouldBe(["a/b"]);
        Directory.GetFileSystemEntries(_bucket).ShouldBe([Path.Combine(_bucket, "a")]);
    }

    [Fact]
    public async Task A_symbolic_link_in_the_bucket_is_no_way_out_of_it()
    {
        var outside = _root.Make("outside");
        await File.WriteAllTextAsync(Path.Combine(outside, "secret"), "secret");
        Directory.CreateSymbolicLink(Path.Combine(_bucket, "folder"), outside);
        File.CreateSymbolicLink(Path.Combine(_bucket, "file"), Path.Combine(outside, "secret"));

        (await _store.ListAsync()).ShouldBeEmpty();
        (await _store.PrefixesAsync()).ShouldBeEmpty();
        foreach (var use in Uses("folder/secret").Concat(Uses("file")))
        {
            (await Should.ThrowAsync<ObjectStoreException>(use)).Message.ShouldContain("symbolic link");
        }

        (await Should.ThrowAsync<ObjectStoreException>(() => _store.ListAsync("folder/"))).Message.ShouldContain("symbolic link");
        Directory.GetFiles(outside).ShouldBe([Path.Combine(outside, "secret")]);
        (await File.ReadAllTextAsync(Path.Combine(outside, "secret"))).ShouldBe("secret");
    }

    [Fact]
    public async Task A_bucket_that_is_a_symbolic_link_is_refused()
    {
        Directory.CreateSymbolicLink(Path.Combine(_root.Path, "link"), _root.Make("outside"));
        await using var store = new FilesystemStore(_root.Path, "link");

        (await Should.ThrowAsync<ObjectStoreException>(() => store.ListAsync())).Message.ShouldContain("symbolic link");
        (await Should.ThrowAsync<ObjectStoreException>(() => store.PutAsync("a", "x"))).Message.ShouldContain("symbolic link");
    }

    [Theory]
    [InlineData("")]
    [InlineData("velero")]
    public async Task A_root_or_bucket_that_is_gone_is_an_error_that_names_it_and_never_reads_as_a_missing_object(string gone)
    {
        await _store.PutAsync("a/b", "x");
        var path = Path.Combine(_root.Path, gone).TrimEnd('/');
        Directory.Move(path, path + ".away");
        try
        {
            foreach (var use in Uses("a/b").Append(() => _store.ListAsync()).Append(() => _store.ListAsync("a/b")).Append(() => _store.PrefixesAsync()))
            {
                var error = await Should.ThrowAsync<ObjectStoreException>(use);
                error.ShouldNotBeOfType<ObjectNotFoundException>();
                error.Message.ShouldContain(path);
                error.Message.ShouldNotContain("not found", Case.Insensitive);
                error.Message.ShouldNotContain("does not exist", Case.Insensitive);
            }

            Directory.Exists(path).ShouldBeFalse();
        }
        finally
        {
            Directory.Move(path + ".away", path);
        }
    }

    [Fact]
    public async Task A_bucket_that_goes_away_in_a_listing_ends_it_with_an_error()
    {
        await _store.PutAsync("a/1", "x");
        await _store.PutAsync("b/1", "x");
        await using var keys = _store.ListAsync("", CancellationToken.None).GetAsyncEnumerator();
        (await keys.MoveNextAsync()).ShouldBeTrue();
        Directory.Delete(_bucket, recursive: true);

        await Should.ThrowAsync<ObjectStoreException>(async () => await keys.MoveNextAsync());
    }

    [Fact]
    public async Task A_key_whose_path_would_be_too_long_is_refused_and_one_that_just_fits_is_stored()
    {
        var room = KeyRules.LongestPath - _bucket.Length - 2;
        var longest = string.Join('/', Enumerable.Repeat(new string('k', 200), 30))[..room].TrimEnd('/');

        await _store.PutAsync(longest, "x");
        (await _store.ListAsync()).ShouldBe([longest]);

        (await Should.ThrowAsync<ObjectKeyRefusedException>(() => _store.PutAsync(longest + "/more", "x"))).Rule.ShouldContain("longer than");
    }

    [Fact]
    public async Task The_folder_of_unfinished_objects_is_no_place_for_keys_and_is_never_listed()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_bucket, UnfinishedObjects.FolderName)).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "not-ours"), "x");

        (await _store.ListAsync()).ShouldBeEmpty();
        (await _store.ListAsync(UnfinishedObjects.FolderName)).ShouldBeEmpty();
        (await _store.ListAsync(UnfinishedObjects.FolderName + "/")).ShouldBeEmpty();
        (await _store.PrefixesAsync()).ShouldBeEmpty();
        (await Should.ThrowAsync<ObjectKeyRefusedException>(() => _store.PutAsync(UnfinishedObjects.FolderName + "/x", "x"))).Rule.ShouldContain("kept for");
        await Should.ThrowAsync<ObjectNotFoundException>(() => _store.GetAsync(UnfinishedObjects.FolderName + "/not-ours"));
        await _store.PutAsync("deeper/" + UnfinishedObjects.FolderName + "/x", "x");
        (await _store.ListAsync()).ShouldBe(["deeper/" + UnfinishedObjects.FolderName + "/x"]);
    }

    [Fact]
    public async Task Puts_and_deletes_in_one_folder_at_once_lose_no_put()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            for (var round = 0; round < 40; round++)
            {
                await _store.PutAsync($"a/b/{i}", $"{i}");
                (await _store.GetTextAsync($"a/b/{i}")).ShouldBe($"{i}");
                await _store.DeleteAsync($"a/b/{i}", CancellationToken.None);
            }
        })));

        Directory.GetFileSystemEntries(_bucket).ShouldBeEmpty();
    }

    [Fact]
    public async Task Reading_while_others_write_the_same_key_always_gives_one_whole_object()
    {
        await _store.PutAsync("k", new string('0', 10_000));
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                var text = await _store.GetTextAsync("k");
                text.Length.ShouldBe(10_000);
                text.Distinct().Count().ShouldBe(1);
            }
        })).ToList();

        for (var round = 0; round < 100; round++)
        {
            await _store.PutAsync("k", new string((char)('a' + (round % 26)), 10_000));
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task A_signed_url_is_refused_with_the_way_to_read_the_object()
    {
        await _store.PutAsync("a", "x");

        var error = await Should.ThrowAsync<ObjectStoreException>(
            async () => await _store.CreateSignedUrlAsync("a", TimeSpan.FromMinutes(1), CancellationToken.None));
        error.Remedy.ShouldContain("aeos store get \"a\"");
        await Should.ThrowAsync<ObjectNotFoundException>(
            async () => await _store.CreateSignedUrlAsync("b", TimeSpan.FromMinutes(1), CancellationToken.None));
    }

    private IEnumerable<Func<Task>> Uses(string key) =>
    [
        () => _store.PutAsync(key, "x"),
        () => _store.GetAsync(key),
        async () => await _store.ExistsAsync(key, CancellationToken.None),
        async () => await _store.DeleteAsync(key, CancellationToken.None),
    ];
}
