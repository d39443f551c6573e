using System.Security.Cryptography;
using Aeos.ObjectStore.Azure.Tests.Azurite;
using Aeos.ObjectStore.Locations;

namespace Aeos.ObjectStore.Azure.Tests.Network;

/// <summary>The whole way of a location: its configuration, encryption, and Azure, over a network that fails.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class EncryptedTransferTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly byte[] _content = RandomNumberGenerator.GetBytes(1_000_003);
    private readonly string _encryptionKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private FaultyProxy _proxy = null!;
    private Location _location = null!;

    public async Task InitializeAsync()
    {
        _proxy = new FaultyProxy(azurite.Service);
        var spec = AzuriteFixture.LocationOn((await azurite.NewLocationAsync()).Bucket, _proxy.Address);
        _location = await new LocationOpener(
            name => name switch
            {
                "AZURE_STORAGE_ACCOUNT_ACCESS_KEY" => azurite.AccountKey,
                "AZURE_STORAGE_ACCOUNT_ENCRYPTION_KEY" => _encryptionKey,
                _ => null,
            },
            new CapturedLog()).OpenAsync(spec with { Provider = "equinor/velero-plugin-aeos", Prefix = "cluster-1" }, CancellationToken.None);
        await _location.Store.PutAsync("backups/b/b.tar.gz", _content);
    }

    public async Task DisposeAsync()
    {
        await _location.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task A_broken_download_decrypts_as_if_it_had_not_broken()
    {
        _proxy.Plan("GET", new Fault(FaultKind.CutAnswer, 100), new Fault(FaultKind.CutAnswer, 400_000));

        (await _location.Store.GetAsync("backups/b/b.tar.gz")).ShouldBe(_content);

        _proxy.Planned.ShouldBe(0);
        (await _location.Store.ListAllAsync()).ShouldBe(["backups/b/b.tar.gz"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(500_000)]
    [InlineData(999_999)]
    public async Task A_damaged_download_is_refused_before_a_damaged_byte_comes_out(long at)
    {
        _proxy.Plan("GET", new Fault(FaultKind.CorruptAnswer, at));
        using var received = new MemoryStream();

        await Should.ThrowAsync<AeosException>(async () =>
        {
            await using var reader = await _location.Store.OpenReadAsync("backups/b/b.tar.gz", CancellationToken.None);
            await reader.CopyToAsync(received);
        });

        _proxy.Planned.ShouldBe(0);
        received.ToArray().ShouldBe(_content[..(int)received.Length]);
    }
}
