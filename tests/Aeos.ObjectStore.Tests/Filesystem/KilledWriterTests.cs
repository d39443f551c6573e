using Aeos.ObjectStore.Filesystem;

namespace Aeos.ObjectStore.Tests.Filesystem;

public sealed class KilledWriterTests : IDisposable
{
    private readonly TempFolder _root = new();
    private readonly string _bucket;

    public KilledWriterTests() => _bucket = _root.Make("velero");

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task A_writer_killed_in_mid_put_leaves_nothing_visible_and_its_file_goes_at_the_next_use()
    {
        using (var writer = await WriterProcess.StartAsync(_root.Path, "velero", "backups/b1/b1.tar.gz"))
        {
            await writer.KillAsync();
        }

        Unfinished().Length.ShouldBe(1);
        await using var store = new FilesystemStore(_root.Path, "velero");

        (await store.ListAsync()).ShouldBeEmpty();
        (await store.PrefixesAsync()).ShouldBeEmpty();
        (await store.ExistsAsync("backups/b1/b1.tar.gz", CancellationToken.None)).ShouldBeFalse();
        Directory.GetFileSystemEntries(_bucket).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_killed_writer_left_goes_also_at_the_next_put_of_a_store_that_was_open_all_the_time()
    {
        await using var store = new FilesystemStore(_root.Path, "velero");
        (await store.ListAsync()).ShouldBeEmpty();
        using (var writer = await WriterProcess.StartAsync(_root.Path, "velero", "a"))
        {
            await writer.KillAsync();
        }

        await store.PutAsync("b", "x");

        (await store.ListAsync()).ShouldBe(["b"]);
        Unfinished().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_killed_writer_leaves_the_object_that_was_there()
    {
        await using var store = new FilesystemStore(_root.Path, "velero");
        await store.PutAsync("a", "first");
        using (var writer = await WriterProcess.StartAsync(_root.Path, "velero", "a"))
        {
            await writer.KillAsync();
        }

        (await store.GetTextAsync("a")).ShouldBe("first");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_writer_that_lives_in_another_process_keeps_its_file(bool withDotnetLocks)
    {
        using var writer = await WriterProcess.StartAsync(_root.Path, "velero", "a", withDotnetLocks);
        await using var store = new FilesystemStore(_root.Path, "velero");

        (await store.ListAsync()).ShouldBeEmpty();
        await store.PutAsync("b", "x");

        Unfinished().Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_writer_that_lives_in_this_process_keeps_its_file()
    {
        await using var one = new FilesystemStore(_root.Path, "velero");
        await using var other = new FilesystemStore(_root.Path, "velero");
        await using var writer = await one.CreateAsync("a", CancellationToken.None);
        await writer.WriteAsync("whole"u8.ToArray());

        await other.PutAsync("b", "x");
        await writer.CommitAsync(CancellationToken.None);

        (await other.GetTextAsync("a")).ShouldBe("whole");
    }

    private string[] Unfinished()
    {
        var folder = Path.Combine(_bucket, UnfinishedObjects.FolderName);
        return Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
    }
}
