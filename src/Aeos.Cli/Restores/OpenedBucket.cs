using System.CommandLine;
using Aeos.Backup.Keys;
using Aeos.Backup.Reading;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Stores;
using Aeos.Encryption.Keys;
using Aeos.Kubernetes;
using Aeos.ObjectStore.Locations;

namespace Aeos.Cli.Restores;

/// <summary>A location with the keys that it may be read with. Owns both.</summary>
internal sealed class OpenedBucket : IAsyncDisposable
{
    private readonly ReadingKeys _reading;

    private OpenedBucket(BareLocation location, List<WrappingKey> keys, ReadingKeys reading)
    {
        _reading = reading;
        Location = location;
        Keys = keys;
        Reader = new BucketReader(location.Store, reading, location.Domain);
    }

    public BareLocation Location { get; }

    /// <summary>The keys that the command line names.</summary>
    public IReadOnlyList<WrappingKey> Keys { get; }

    public BucketReader Reader { get; }

    public static async Task<OpenedBucket> OpenAsync(
        ParseResult result, LocationOptions location, ReadKeyOptions keyOptions, KubernetesClient? cluster, CancellationToken cancellationToken)
    {
        var opened = await location.OpenBareAsync(result, cancellationToken).ConfigureAwait(false);
        try
        {
            var keys = await keyOptions.ReadAsync(result, cluster, cancellationToken).ConfigureAwait(false);
            return new OpenedBucket(opened, keys, new ReadingKeys([.. keys, .. opened.Keys], keyOptions.Scope(result, cluster), Report.Warning));
        }
        catch
        {
            await opened.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _reading.Dispose();
        await Location.DisposeAsync().ConfigureAwait(false);
        foreach (var key in Keys)
        {
            key.Dispose();
        }
    }
}
