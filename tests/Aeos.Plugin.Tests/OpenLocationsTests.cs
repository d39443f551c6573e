using Aeos.GoPlugin.Grpc;
using Aeos.ObjectStore.Locations;
using Aeos.Plugin.Locations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aeos.Plugin.Tests;

public sealed class OpenLocationsTests : IAsyncLifetime, IDisposable
{
    private const string Provider = TestLocations.Provider;

    private readonly TestLocations _folder = new();
    private readonly OpenLocations _locations = new(new LocationOpener(_ => null, NullLogger.Instance));

    [Theory]
    [InlineData("a", "", "a")]
    [InlineData("velero/a", "velero", "a")]
    [InlineData("velero/inner/a", "velero/inner", "a")]
    [InlineData("velero/innermost/a", "velero", "innermost/a")]
    [InlineData("velero", "", "velero")]
    [InlineData("velero/", "velero", "")]
    [InlineData("velero-2/a", "", "velero-2/a")]
    public async Task A_key_belongs_to_the_location_with_the_longest_prefix(string key, string prefix, string relative)
    {
        foreach (var open in new[] { "velero", "", "velero/inner" })
        {
            await OpenAsync("bucket", open);
        }

        await using var hold = _locations.Hold(Provider, "bucket", key);

        hold.Key.ShouldBe(relative);
        hold.Whole("").ShouldBe(prefix.Length == 0 ? "" : $"{prefix}/");
        hold.Whole(hold.Key).ShouldBe(key);
    }

    [Fact]
    public async Task A_key_outside_every_prefix_is_refused()
    {
        await OpenAsync("bucket", "velero");

        var refusal = Should.Throw<RpcException>(() => _locations.Hold(Provider, "bucket", "velero-2/a"));

        refusal.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        refusal.Message.ShouldContain("\"velero-2/a\"");
        refusal.Message.ShouldContain("\"velero\"");
    }

    [Theory]
    [InlineData(Provider, "another")]
    [InlineData("aeos.io/other", "bucket")]
    public async Task A_location_that_was_not_initialised_is_refused_with_provider_bucket_and_key(string provider, string bucket)
    {
        await OpenAsync("bucket", "");

        var refusal = Should.Throw<RpcException>(() => _locations.Hold(provider, bucket, "backups/a"));

        refusal.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        foreach (var name in new[] { provider, bucket, "backups/a" })
        {
            refusal.Message.ShouldContain($"\"{name}\"");
        }

        // Velero would take these words for an object that is gone.
        refusal.Message.ShouldNotContain("not found", Case.Insensitive);
        refusal.Message.ShouldNotContain("does not exist", Case.Insensitive);
    }

    [Fact]
    public async Task A_call_under_way_keeps_the_location_that_was_replaced()
    {
        await OpenAsync("bucket", "");
        var hold = _locations.Hold(Provider, "bucket", "a");
        await using (var writer = await hold.Store.CreateAsync(hold.Key, CancellationToken.None))
        {
            await writer.WriteAsync(new byte[10]);
            await OpenAsync("bucket", "");
            await writer.WriteAsync(new byte[10]);
            await writer.CommitAsync(CancellationToken.None);
        }

        await using (var read = await hold.Store.OpenReadAsync(hold.Key, CancellationToken.None))
        {
            (await read.ReadAtLeastAsync(new byte[100], 100, throwOnEndOfStream: false)).ShouldBe(20);
        }

        // Another key was made for the second Init: new calls have it, and refuse what the first wrote.
        await using (var after = _locations.Hold(Provider, "bucket", "a"))
        {
            after.Store.ShouldNotBeSameAs(hold.Store);
            await Should.ThrowAsync<Aeos.Encryption.MessageRefusedException>(
                async () => await after.Store.OpenReadAsync(after.Key, CancellationToken.None));
        }

        // The last call's end closes the old one: its keys are wiped.
        await hold.DisposeAsync();
        await Should.ThrowAsync<Exception>(async () => await hold.Store.OpenReadAsync(hold.Key, CancellationToken.None));
    }

    [Fact]
    public async Task A_refused_Init_leaves_the_location_that_was_there()
    {
        var config = _folder.Create("bucket");
        await _locations.OpenAsync(TestLocations.SpecOf(config), CancellationToken.None);
        await using var before = _locations.Hold(Provider, "bucket", "a");

        config.Add("misspelt", "x");
        var refusal = await Should.ThrowAsync<LocationRefusedException>(
            () => _locations.OpenAsync(TestLocations.SpecOf(config), CancellationToken.None));

        refusal.Message.ShouldContain("misspelt");
        await using var after = _locations.Hold(Provider, "bucket", "a");
        after.Store.ShouldBeSameAs(before.Store);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _locations.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    private Task OpenAsync(string bucket, string prefix) =>
        _locations.OpenAsync(TestLocations.SpecOf(_folder.Create(bucket, prefix)), CancellationToken.None);
}
