using Aeos.Backup.Keys;
using Aeos.Backup.Reading;
using Aeos.Encryption.Keys;
using Aeos.ObjectStore.Locations;

namespace Aeos.Cli.Demo.Cluster;

/// <summary>Reads the demo's bucket with the key in one file, and with no other. Owns the key.</summary>
internal sealed class KeyedReader : IDisposable
{
    private readonly WrappingKey _key;
    private readonly ReadingKeys _keys;

    private KeyedReader(BareLocation location, WrappingKey key)
    {
        _key = key;
        _keys = new ReadingKeys([key], new KeyScope());
        Bucket = new BucketReader(location.Store, _keys, location.Domain);
    }

    /// <summary>The bucket.</summary>
    public BucketReader Bucket { get; }

    public static async Task<KeyedReader> OpenAsync(BareLocation location, string keyFile, CancellationToken cancellationToken)
    {
        var (key, _) = await KeyText.ReadFileAsync(keyFile, cancellationToken).ConfigureAwait(false);
        return new KeyedReader(location, key);
    }

    public void Dispose()
    {
        _keys.Dispose();
        _key.Dispose();
    }
}
