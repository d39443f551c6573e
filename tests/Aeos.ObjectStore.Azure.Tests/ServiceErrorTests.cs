using System.Security.Cryptography;
using Aeos.ObjectStore.Azure.Tests.Azurite;
using Aeos.ObjectStore.Locations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aeos.ObjectStore.Azure.Tests;

/// <summary>What the service refuses, as a person reads it.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class ServiceErrorTests(AzuriteFixture azurite)
{
    private static readonly Func<IObjectStore, Task>[] Uses =
    [
        async store => await store.PutAsync("a", "a"u8.ToArray()),
        async store => await store.GetAsync("a"),
        async store => await store.ExistsAsync("a", CancellationToken.None),
        async store => await store.ListAllAsync(),
        async store => await store.DeleteAsync("a", CancellationToken.None),
    ];

    [Fact]
    public async Task A_missing_container_is_never_taken_for_a_missing_object()
    {
        await using var store = azurite.Open(AzuriteFixture.LocationOn("no-such-container", azurite.Service));
        foreach (var use in Uses)
        {
            var error = await Should.ThrowAsync<ObjectStoreException>(() => use(store));

            error.ShouldNotBeOfType<ObjectNotFoundException>();
            error.Cause.ShouldContain("ContainerNotFound");
            error.Cause.ShouldContain("no-such-container");
            error.Cause.ShouldContain("request id ");
            error.Remedy.ShouldContain("az storage container create");
            // Velero takes an error with these words for the answer that the object is gone.
            error.Message.ShouldNotContain("not found", Case.Insensitive);
            error.Message.ShouldNotContain("does not exist", Case.Insensitive);
        }
    }

    [Fact]
    public async Task A_wrong_account_key_is_named_with_code_and_remedy_and_tried_once()
    {
        var wrong = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        var spec = await azurite.NewLocationAsync();
        await using var store = new AzureStoreProvider(AzuriteFixture.QuickOptions).Open(
            spec, new StoreProviderContext(name => name == "AZURE_STORAGE_ACCOUNT_ACCESS_KEY" ? wrong : null, NullLogger.Instance, TimeProvider.System));
        foreach (var use in Uses)
        {
            var error = await Should.ThrowAsync<ObjectStoreException>(() => use(store));

            error.Cause.ShouldContain("403 AuthorizationFailure");
            error.Remedy.ShouldContain("Check the account key");
            error.Cause.ShouldContain("request id ");
            error.ToString().ShouldNotContain(wrong);
        }
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        await using var store = azurite.Open(AzuriteFixture.LocationOn("container", new Uri("http://127.0.0.1:1/account")));
        foreach (var use in Uses)
        {
            var error = await Should.ThrowAsync<ObjectStoreException>(() => use(store));

            error.Cause.ShouldContain("no connection to 127.0.0.1:1");
            error.Remedy.ShouldContain("storageAccountURI");
        }
    }

    [Fact]
    public async Task The_encryption_scope_of_the_service_goes_with_every_write()
    {
        // Azurite has no encryption scopes: a proxy shows what it is sent.
        await using var proxy = new Network.FaultyProxy(azurite.Service);
        var spec = AzuriteFixture.LocationOn((await azurite.NewLocationAsync()).Bucket, proxy.Address);
        await using var store = new AzureStoreProvider(AzuriteFixture.QuickOptions).Open(
            spec with { Config = new Dictionary<string, string>(spec.Config) { ["blockSizeInBytes"] = "65536" } },
            new StoreProviderContext(
                name => name switch
                {
                    "AZURE_STORAGE_ACCOUNT_ACCESS_KEY" => azurite.AccountKey,
                    "AZURE_STORAGE_ACCOUNT_ENCRYPTION_SCOPE" => "scope-of-the-service",
                    _ => null,
                },
                NullLogger.Instance,
                TimeProvider.System));

        foreach (var length in new[] { 10, 100_000 })
        {
            await Should.NotThrowAsync(() => store.PutAsync("a", new byte[length]));
        }

        var puts = proxy.Heads.Where(head => head.StartsWith("PUT", StringComparison.Ordinal)).ToList();
        puts.Count.ShouldBe(1 + 2 + 1);
        puts.ShouldAllBe(head => head.Contains("x-ms-encryption-scope: scope-of-the-service", StringComparison.OrdinalIgnoreCase));
    }
}
