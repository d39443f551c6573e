using System.Security.Cryptography;
using System.Text;
using Aeos.Backup.Spool;

namespace Aeos.Backup.Tests.Spool;

/// <summary>What lies on the disk while a restore goes on.</summary>
public class ItemSpoolTests
{
    [Fact]
    public async Task Items_come_back_as_they_were_in_any_order_and_by_many_readers()
    {
        using var folder = new Folder();
        using var spool = ItemSpool.Create(folder.Path);
        var contents = Enumerable.Range(0, 200).Select(static length => RandomNumberGenerator.GetBytes(length * 37)).ToList();
        var items = new List<SpooledItem>();
        foreach (var content in contents)
        {
            items.Add(await spool.AppendAsync(content, default));
        }

        await spool.FlushAsync(default);

        await Parallel.ForAsync(0, 1000, async (turn, _) => (await spool.ReadAsync(items[turn * 7 % 200], default)).ShouldBe(contents[turn * 7 % 200]));
    }

    [Fact]
    public void The_file_has_no_name()
    {
        using var folder = new Folder();
        using var spool = ItemSpool.Create(folder.Path);

        Directory.GetFiles(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_item_is_read_at_its_own_place_alone()
    {
        using var folder = new Folder();
        using var spool = ItemSpool.Create(folder.Path);
        var first = await spool.AppendAsync(Encoding.UTF8.GetBytes("first"), default);
        var other = await spool.AppendAsync(Encoding.UTF8.GetBytes("other"), default);
        await spool.FlushAsync(default);

        (await Should.ThrowAsync<AeosException>(async () => await spool.ReadAsync(first with { Offset = other.Offset - 1 }, default))).Cause.ShouldContain("was changed");
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_an_error_that_says_what_to_do() =>
        Should.Throw<AeosException>(() => ItemSpool.Create("/nowhere/at/all")).Message.ShouldContain("TMPDIR");

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("aeos-spool-test-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
