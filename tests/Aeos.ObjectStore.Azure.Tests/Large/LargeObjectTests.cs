using System.Security.Cryptography;
using Aeos.ObjectStore.Azure.Blobs;
using Aeos.ObjectStore.Azure.Tests.Azurite;

namespace Aeos.ObjectStore.Azure.Tests.Large;

/// <summary>Much data and many objects.</summary>
[Collection(CountedMemoryCollection.Name)]
public sealed class LargeObjectTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task An_object_of_300_MiB_goes_up_and_down_in_memory_that_does_not_grow_with_it()
    {
        const long Length = 300L * 1024 * 1024;
        await using var store = azurite.Open(await azurite.NewLocationAsync());
        var piece = RandomNumberGenerator.GetBytes(1024 * 1024);
        using var written = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var before = BlockBuffer.AllocatedBytes;
        long most = 0;

        await using (var writer = await store.CreateAsync("large", CancellationToken.None))
        {
            for (long sent = 0; sent < Length; sent += piece.Length)
            {
                BitConverter.TryWriteBytes(piece, sent);
                written.AppendData(piece);
                await writer.WriteAsync(piece);
                most = Math.Max(most, BlockBuffer.AllocatedBytes - before);
            }

            await writer.CommitAsync(CancellationToken.None);
        }

        most.ShouldBe(AzureSettings.DefaultBlockSize * (AzuriteFixture.QuickOptions.Parallelism + 1));
        BlockBuffer.AllocatedBytes.ShouldBe(before);

        using var read = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long received = 0;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        await using (var reader = await store.OpenReadAsync("large", CancellationToken.None))
        {
            while (await reader.ReadAsync(piece) is > 0 and var count)
            {
                read.AppendData(piece.AsSpan(0, count));
                received += count;
            }
        }

        received.ShouldBe(Length);
        read.GetHashAndReset().ShouldBe(written.GetHashAndReset());
        // All that was ever allocated, not what is left of it: what each read costs, and no buffer for the object.
        (GC.GetTotalAllocatedBytes(precise: true) - allocated).ShouldBeLessThan(Length / 4);
    }

    [Fact]
    public async Task Five_thousand_objects_are_listed_whole_over_several_pages()
    {
        var spec = await azurite.NewLocationAsync();
        await using var store = azurite.Open(spec, AzuriteFixture.QuickOptions with { PageSize = 700 });
        var keys = Enumerable.Range(0, 5000).Select(i => $"backups/b{i % 50:00}/item {i:0000} ü#%+.json").Order(StringComparer.Ordinal).ToList();
        await Parallel.ForEachAsync(
            keys, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (key, _) => await store.PutAsync(key, "{}"u8.ToArray()));

        (await store.ListAllAsync("backups/")).ShouldBe(keys);
        (await store.ListAllAsync("backups/b07/")).Count.ShouldBe(100);

        List<string> folders = [];
        await foreach (var folder in store.ListCommonPrefixesAsync("backups/", "/", CancellationToken.None))
        {
            folders.Add(folder);
        }

        folders.ShouldBe(Enumerable.Range(0, 50).Select(i => $"backups/b{i:00}/"));
    }
}
