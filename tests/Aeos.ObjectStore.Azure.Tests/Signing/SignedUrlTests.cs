using System.Net;
using System.Web;
using Aeos.ObjectStore.Azure.Tests.Azurite;

namespace Aeos.ObjectStore.Azure.Tests.Signing;

/// <summary>Signed URLs, with Azurite as the judge of their signatures.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class SignedUrlTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData("backups/b1/b1-logs.gz")]
    [InlineData("a b/ü+%#?&=.txt")]
    [InlineData("日本語/\U0001F511")]
    public async Task Anybody_can_fetch_the_object(string key)
    {
        await using var store = azurite.Open(await azurite.NewLocationAsync());
        await store.PutAsync(key, "the content"u8.ToArray());

        var url = await store.CreateSignedUrlAsync(key, TenMinutes, CancellationToken.None);

        using var client = new HttpClient();
        (await client.GetByteArrayAsync(url)).ShouldBe("the content"u8.ToArray());
    }

    [Fact]
    public async Task It_is_for_one_object_and_for_reading_only()
    {
        await using var store = azurite.Open(await azurite.NewLocationAsync());
        await store.PutAsync("a", "a"u8.ToArray());
        await store.PutAsync("b", "b"u8.ToArray());
        var url = await store.CreateSignedUrlAsync("a", TenMinutes, CancellationToken.None);
        using var client = new HttpClient();

        var other = new UriBuilder(url) { Path = url.AbsolutePath[..^1] + "b" }.Uri;
        (await client.GetAsync(other)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await client.DeleteAsync(url)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await client.GetAsync(url)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task It_starts_early_enough_for_a_clock_that_is_behind_and_ends_when_asked()
    {
        await using var store = azurite.Open(await azurite.NewLocationAsync());
        await store.PutAsync("a", "a"u8.ToArray());

        var before = DateTimeOffset.UtcNow;
        var query = HttpUtility.ParseQueryString((await store.CreateSignedUrlAsync("a", TenMinutes, CancellationToken.None)).Query);

        DateTimeOffset.Parse(query["st"]!).ShouldBeLessThan(before.AddMinutes(-5));
        DateTimeOffset.Parse(query["se"]!).ShouldBeInRange(before.AddMinutes(10).AddSeconds(-1), DateTimeOffset.UtcNow.AddMinutes(10));
        query["sp"].ShouldBe("r");
        query["sr"].ShouldBe("b");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(8 * 24 * 60)]
    public async Task A_lifetime_that_makes_no_sense_is_refused(int minutes)
    {
        await using var store = azurite.Open(await azurite.NewLocationAsync());

        var error = await Should.ThrowAsync<ObjectStoreException>(
            async () => await store.CreateSignedUrlAsync("a", TimeSpan.FromMinutes(minutes), CancellationToken.None));

        error.Cause.ShouldContain("seven days");
    }
}
