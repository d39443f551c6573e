using System.Security.Cryptography;
using System.Text;
using Aeos.Encryption.Keys;
using Aeos.ObjectStore.Locations;

namespace Aeos.ObjectStore.Tests.Locations;

/// <summary>A root with a bucket, keys, and an environment of the test's own.</summary>
public abstract class LocationFixture : IDisposable
{
    protected const string Provider = "aeos.io/filesystem";
    protected const string KeyName = "AZURE_STORAGE_ACCOUNT_ENCRYPTION_KEY";
    protected const string HashName = "AZURE_STORAGE_ACCOUNT_ENCRYPTION_HASH";

    private readonly TempFolder _root = new();

    private protected LocationFixture() => _root.Make("velero");

    protected string RootPath => _root.Path;

    /// <summary>The environment.</summary>
    protected Dictionary<string, string> Variables { get; } = [];

    protected byte[] Key { get; } = RandomNumberGenerator.GetBytes(32);

    protected byte[] OtherKey { get; } = RandomNumberGenerator.GetBytes(32);

    private protected ListLogger Log { get; } = new();

    public void Dispose()
    {
        _root.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static string Base64(byte[] bytes) => Convert.ToBase64String(bytes);

    protected static string Hash(byte[] key) => Base64(SHA256.HashData(key));

    protected static async Task ShouldUseAsync(Location location, byte[] key)
    {
        await location.Store.PutAsync("probe", "x");
        var spec = location.Spec;
        var stored = await File.ReadAllBytesAsync(Path.Combine(spec.Config["root"], spec.Bucket, "probe"));
        using var expected = WrappingKey.FromBytes(key);
        Encoding.Latin1.GetString(stored).ShouldContain(expected.Name);
    }

    protected string KeyFile(byte[] key)
    {
        var path = Path.Combine(RootPath, "key-" + Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(path, key);
        return path;
    }

    protected string TextFile(string text) => KeyFile(Encoding.UTF8.GetBytes(text));

    protected ValueTask<Location> OpenAsync(Dictionary<string, string> config, string provider = Provider, string bucket = "velero", string prefix = "")
    {
        config.TryAdd("root", RootPath);
        return new LocationOpener(Variables.GetValueOrDefault, Log).OpenAsync(new LocationSpec(provider, bucket, prefix, config), CancellationToken.None);
    }

    protected async Task<LocationRefusedException> RefusedAsync(
        Dictionary<string, string> config, string provider = Provider, string bucket = "velero", string prefix = "") =>
        await Should.ThrowAsync<LocationRefusedException>(async () => await OpenAsync(config, provider, bucket, prefix));
}
