using System.Security.Cryptography;
using Aeos.ObjectStore.Locations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aeos.ObjectStore.Azure.Tests.Azurite;

/// <summary>One Azurite over http for all tests; each takes a container of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    public const string Account = "aeostests";

    private AzuriteProcess? _azurite;

    /// <summary>The account's key, in base64.</summary>
    public string AccountKey { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));

    /// <summary>The account's blob service.</summary>
    public Uri Service => new($"http://127.0.0.1:{_azurite!.Port}/{Account}");

    internal static TransferOptions QuickOptions { get; } = new()
    {
        RetryDelay = TimeSpan.FromMilliseconds(5),
        MaxRetryDelay = TimeSpan.FromMilliseconds(20),
    };

    public async Task InitializeAsync() => _azurite = await AzuriteProcess.StartAsync(Account, AccountKey);

    public async Task DisposeAsync() => await _azurite!.DisposeAsync();

    /// <summary>A location on an empty container.</summary>
    public async Task<LocationSpec> NewLocationAsync()
    {
        var container = $"test-{Guid.NewGuid():n}";
        await Containers.CreateAsync(Service, Account, AccountKey, container);
        return LocationOn(container, Service);
    }

    /// <summary>A location on a container.</summary>
    /// <param name="container">Its name.</param>
    /// <param name="service">Where to reach Azurite: itself, or something in between.</param>
    public static LocationSpec LocationOn(string container, Uri service) => new("aeos.io/azure", container, "", new Dictionary<string, string>
    {
        ["storageAccount"] = Account,
        ["storageAccountURI"] = service.AbsoluteUri,
    });

    /// <summary>Opens a location with the account's key.</summary>
    internal IObjectStore Open(LocationSpec spec, TransferOptions? options = null, ILogger? logger = null) =>
        new AzureStoreProvider(options ?? QuickOptions).Open(
            spec,
            new StoreProviderContext(
                name => name == "AZURE_STORAGE_ACCOUNT_ACCESS_KEY" ? AccountKey : null, logger ?? NullLogger.Instance, TimeProvider.System));
}
