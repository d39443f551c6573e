using System.Buffers;
using System.Runtime.CompilerServices;
using Aeos.GoPlugin.Grpc;
using Google.Protobuf;

namespace Aeos.Velero.Plugins;

/// <summary>
/// The host's side of an object store plugin, with the calls and the chunks of Velero's own client (pkg/plugin/framework/object_store_client.go).
/// </summary>
/// <param name="channel">The connection to the plugin's process; left open.</param>
/// <param name="provider">The provider's name that goes with every call, for example <c>aeos.io/filesystem</c>.</param>
public sealed class ObjectStoreClient(GrpcChannel channel, string provider)
{
    /// <summary>Bytes in a message of a put: 16 KiB, as Velero's client sends them.</summary>
    public const int ChunkLength = 16 * 1024;

    /// <summary>Lists what a plugin's process offers.</summary>
    /// <exception cref="RpcException">The call failed.</exception>
    public static async Task<IReadOnlyList<PluginIdentifier>> ListPluginsAsync(GrpcChannel channel, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(channel);
        var response = await channel.UnaryAsync(VeleroServices.ListPlugins, new Empty(), timeout: null, cancellationToken);
        return response.Plugins;
    }

    /// <summary>Prepares a location.</summary>
    /// <param name="config">Its settings, with <c>bucket</c> and <c>prefix</c> among them as Velero adds them.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RpcException">The plugin refused the configuration.</exception>
    public Task InitAsync(IEnumerable<KeyValuePair<string, string>> config, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(config);
        var request = new ObjectStoreInitRequest { Plugin = provider };
        foreach (var (name, value) in config)
        {
            request.Config.Add(name, value);
        }

        return channel.UnaryAsync(VeleroServices.Init, request, timeout: null, cancellationToken);
    }

    /// <summary>Stores what the stream holds from where it stands. An empty stream is stored as one empty message.</summary>
    /// <exception cref="RpcException">The plugin failed; nothing new is visible under the key.</exception>
    public Task PutObjectAsync(string bucket, string key, Stream body, CancellationToken cancellationToken) =>
        channel.ClientStreamingAsync(VeleroServices.PutObject, Chunks(bucket, key, body, cancellationToken), timeout: null, cancellationToken);

    /// <summary>Copies an object to the destination as it comes.</summary>
    /// <exception cref="RpcException">The plugin failed; what was copied until then is a part of the object.</exception>
    public async Task GetObjectAsync(string bucket, string key, Stream destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var request = new GetObjectRequest { Plugin = provider, Bucket = bucket, Key = key };
        await foreach (var chunk in channel.ServerStreamingAsync(VeleroServices.GetObject, request, timeout: null, cancellationToken))
        {
            await destination.WriteAsync(chunk.Data.Memory, cancellationToken);
        }
    }

    /// <summary>Whether the object is there.</summary>
    /// <exception cref="RpcException">The plugin could not tell.</exception>
    public async Task<bool> ExistsAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        var request = new ObjectExistsRequest { Plugin = provider, Bucket = bucket, Key = key };
        return (await channel.UnaryAsync(VeleroServices.ObjectExists, request, timeout: null, cancellationToken)).Exists;
    }

    /// <summary>The "folders" under a prefix, whole and with their delimiter.</summary>
    /// <exception cref="RpcException">The call failed.</exception>
    public async Task<IReadOnlyList<string>> ListCommonPrefixesAsync(
        string bucket, string prefix, string delimiter, CancellationToken cancellationToken)
    {
        var request = new ListCommonPrefixesRequest { Plugin = provider, Bucket = bucket, Prefix = prefix, Delimiter = delimiter };
        return (await channel.UnaryAsync(VeleroServices.ListCommonPrefixes, request, timeout: null, cancellationToken)).Prefixes;
    }

    /// <summary>The keys that begin with a prefix.</summary>
    /// <exception cref="RpcException">The call failed.</exception>
    public async Task<IReadOnlyList<string>> ListObjectsAsync(string bucket, string prefix, CancellationToken cancellationToken)
    {
        var request = new ListObjectsRequest { Plugin = provider, Bucket = bucket, Prefix = prefix };
        return (await channel.UnaryAsync(VeleroServices.ListObjects, request, timeout: null, cancellationToken)).Keys;
    }

    /// <summary>Deletes an object.</summary>
    /// <exception cref="RpcException">The call failed, or there is no such object.</exception>
    public Task DeleteAsync(string bucket, string key, CancellationToken cancellationToken) =>
        channel.UnaryAsync(
            VeleroServices.DeleteObject, new DeleteObjectRequest { Plugin = provider, Bucket = bucket, Key = key }, timeout: null, cancellationToken);

    /// <summary>A URL that anybody can fetch the object with until it expires. A secret: never logged.</summary>
    /// <exception cref="RpcException">There is no such URL, for example because the object is encrypted.</exception>
    public async Task<Uri> CreateSignedUrlAsync(string bucket, string key, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var request = new CreateSignedURLRequest
        {
            Plugin = provider,
            Bucket = bucket,
            Key = key,
            Ttl = lifetime.Ticks * TimeSpan.NanosecondsPerTick,
        };
        var response = await channel.UnaryAsync(VeleroServices.CreateSignedUrl, request, timeout: null, cancellationToken);
        return new Uri(response.Url, UriKind.Absolute);
    }

    private async IAsyncEnumerable<PutObjectRequest> Chunks(
        string bucket, string key, Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            for (var first = true; ; first = false)
            {
                var length = await body.ReadAtLeastAsync(buffer.AsMemory(0, ChunkLength), ChunkLength, throwOnEndOfStream: false, cancellationToken);
                if (length == 0 && !first)
                {
                    break;
                }

                // Velero's client names the object in every message, and so does this one.
                yield return new PutObjectRequest { Plugin = provider, Bucket = bucket, Key = key, Body = ByteString.CopyFrom(buffer, 0, length) };
            }
        }
        finally
        {
            // The object's plaintext: not for the next renter.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}
