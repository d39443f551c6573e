using System.CommandLine;
using Aeos.Backup.Restores.Reading;
using Aeos.Cli.Stores;
using Aeos.Encryption.Keys;
using Aeos.Kubernetes;
using Aeos.ObjectStore.Locations;

namespace Aeos.Cli.Restores;

/// <summary>A location with the keys that it may be read with. Owns both.</summary>
internal sealed class OpenedBucket : IAsyncDisposable
{
    private OpenedBucket(BareLocation location, List<WrappingKey> keys, BucketReader reader)
    {
        Location = location;
        Keys = keys;
        Reader = reader;
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
            var reader = new BucketReader(opened.Store, new ReadKeys([.. keys, .. opened.Keys], keyOptions.Scope(result, cluster)), opened.Domain);
            return new OpenedBucket(opened, keys, reader);
        }
        catch
        {
            await opened.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Location.DisposeAsync().ConfigureAwait(false);
        foreach (var key in Keys)
        {
            key.Dispose();
        }
    }
}
