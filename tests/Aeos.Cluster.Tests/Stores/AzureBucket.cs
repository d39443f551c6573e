using Aeos.Cluster.Tests.Running;
using Aeos.ObjectStore;
using Aeos.ObjectStore.Azure;
using Aeos.ObjectStore.Azure.Tests.Azurite;
using Aeos.ObjectStore.Azure.Tests.Network;

namespace Aeos.Cluster.Tests.Stores;

/// <summary>A container of Azurite behind a proxy that fails when told, and a copy of what is visible in it.</summary>
internal sealed class AzureBucket : IWatchedBucket, IAsyncDisposable
{
    // The smallest that there may be: an archive has several.
    private const string BlockSize = "65536";

    private readonly AzuriteFixture _azurite;
    private readonly string _container;
    private readonly Bucket _copy;

    private AzureBucket(AzuriteFixture azurite, string container, Bucket copy)
    {
        (_azurite, _container, _copy) = (azurite, container, copy);
        Proxy = new FaultyProxy(azurite.Service);
        Store = azurite.Open(AzuriteFixture.LocationOn(container, azurite.Service));
    }

    /// <summary>What requests go through, but for those of <see cref="Store"/>.</summary>
    public FaultyProxy Proxy { get; }

    /// <summary>The container as it is, past the proxy.</summary>
    public IObjectStore Store { get; }

    public string Folder => _copy.Folder;

    public string KeyFile => _copy.KeyFile;

    public string Manifest
    {
        get
        {
            var path = Path.Combine(Folder, "azure.json");
            File.WriteAllText(path, $$$"""
                {"apiVersion":"velero.io/v1","kind":"BackupStorageLocation","metadata":{"name":"default","namespace":"velero"},
                 "spec":{"provider":"aeos.io/azure","objectStorage":{"bucket":"{{{_container}}}"},
                  "config":{"storageAccount":"{{{AzuriteFixture.Account}}}","storageAccountURI":"{{{Proxy.Address}}}","blockSizeInBytes":"{{{BlockSize}}}"} } }
                """);
            return path;
        }
    }

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["AZURE_STORAGE_ACCOUNT_ACCESS_KEY"] = _azurite.AccountKey };

    public static async Task<AzureBucket> CreateAsync(AzuriteFixture azurite, ClusterRoom room)
        => new(azurite, (await azurite.NewLocationAsync()).Bucket, await Bucket.CreateAsync(room));

    /// <summary>Opens the container through the proxy.</summary>
    public IObjectStore Open(TransferOptions options)
    {
        var spec = AzuriteFixture.LocationOn(_container, Proxy.Address);
        return _azurite.Open(spec with { Config = new Dictionary<string, string>(spec.Config) { ["blockSizeInBytes"] = BlockSize } }, options);
    }

    /// <summary>Tells of each request, before it is passed on.</summary>
    public IDisposable Watch(Func<bool> changing)
    {
        Proxy.OnRequest = _ => changing() ? null : new Fault(FaultKind.CutRequest);
        return new Unwatching(Proxy);
    }

    /// <summary>To be called when nobody uses the proxy: what is under way there may become visible.</summary>
    public async Task<Bucket> LookAsync()
    {
        await Proxy.SettleAsync();
        foreach (var key in await _copy.KeysAsync())
        {
            await _copy.Store.DeleteAsync(key, default);
        }

        await foreach (var key in Store.ListAsync("", default))
        {
            using var content = new MemoryStream();
            await using (var reader = await Store.OpenReadAsync(key, default))
            {
                await reader.CopyToAsync(content);
            }

            await _copy.PutAsync(key, content.ToArray());
        }

        return _copy;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Proxy.DisposeAsync();
        await _copy.DisposeAsync();
    }

    private sealed class Unwatching(FaultyProxy proxy) : IDisposable
    {
        public void Dispose() => proxy.OnRequest = null;
    }
}
