using System.Text;

namespace Aeos.ObjectStore.Tests.Contract;

/// <summary>The part of the contract that is about listing.</summary>
public abstract partial class ObjectStoreContract
{
    /// <summary>In the order of their UTF-8 bytes, which is neither that of folders nor that of UTF-16.</summary>
    private static readonly string[] Keys =
    [
        "a",
        "a-b",
        "a.tar.gz",
        "a0",
        "backups-old/x",
        "backups/b1/b1.tar.gz",
        "backups/b1/velero-backup.json",
        "backups/b1-x/log.gz",
        "backups/b10/log.gz",
        "backups/b2/log.gz",
        "backups0",
        "restores/r1/r1-logs.gz",
        "z\uFFFD/x",
        "z\U0001F511/x",
    ];

    [Fact]
    public async Task An_empty_bucket_lists_nothing_and_is_no_error()
    {
        (await ListAsync()).ShouldBeEmpty();
        (await ListAsync("backups/")).ShouldBeEmpty();
        (await PrefixesAsync("", "/")).ShouldBeEmpty();
        (await PrefixesAsync("backups/", "/")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a-")]
    [InlineData("backups")]
    [InlineData("backups/")]
    [InlineData("backups/b1")]
    [InlineData("backups/b1/")]
    [InlineData("backups/b1/b1.tar.gz")]
    [InlineData("backups/b1/b1.tar.gz/")]
    [InlineData("backups//")]
    [InlineData("/")]
    [InlineData("../")]
    [InlineData("nothing/here")]
    [InlineData("z")]
    public async Task Keys_that_begin_with_a_prefix_come_in_the_order_of_their_bytes(string prefix)
    {
        await PutAllAsync();

        (await ListAsync(prefix)).ShouldBe(Sorted(Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("", "/")]
    [InlineData("backups", "/")]
    [InlineData("backups/", "/")]
    [InlineData("backups/b1", "/")]
    [InlineData("backups/b1/", "/")]
    [InlineData("backups//", "/")]
    [InlineData("z", "/")]
    [InlineData("", "-")]
    [InlineData("backups/", "-")]
    [InlineData("", "/b1")]
    [InlineData("b", "ups")]
    public async Task Common_prefixes_come_whole_with_their_delimiter_each_once_in_order(string prefix, string delimiter)
    {
        await PutAllAsync();

        var expected = Keys
            .Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(key => (Key: key, At: key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal)))
            .Where(found => found.At >= 0)
            .Select(found => found.Key[..(found.At + delimiter.Length)])
            .Distinct();
        (await PrefixesAsync(prefix, delimiter)).ShouldBe(Sorted(expected));
    }

    [Fact]
    public async Task A_listing_of_many_objects_is_whole()
    {
        var keys = Enumerable.Range(0, ManyObjects).Select(i => $"backups/b{i}/x").ToList();
        await Parallel.ForEachAsync(
            keys, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (key, _) => await PutAsync(key, "x"u8.ToArray()));

        (await ListAsync("backups/")).ShouldBe(Sorted(keys));
        (await PrefixesAsync("backups/", "/")).ShouldBe(Sorted(keys.Select(key => key[..^1])));
    }

    private static List<string> Sorted(IEnumerable<string> keys)
    {
        var sorted = keys.Select(Encoding.UTF8.GetBytes).ToList();
        sorted.Sort((left, right) => left.AsSpan().SequenceCompareTo(right));
        return [.. sorted.Select(Encoding.UTF8.GetString)];
    }

    private async Task PutAllAsync()
    {
        foreach (var key in Keys.Where(CanHold))
        {
            await PutAsync(key, "x"u8.ToArray());
        }
    }
}
