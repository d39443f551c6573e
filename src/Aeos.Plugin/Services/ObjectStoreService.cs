using Aeos.GoPlugin.Grpc;
using Aeos.ObjectStore;
using Aeos.Plugin.Locations;
using Aeos.Velero.Plugins;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Aeos.Plugin.Services;

/// <summary>Velero's ObjectStore service: each call finds its location and does one thing with the location's store.</summary>
internal sealed partial class ObjectStoreService(OpenLocations locations, ILogger logger)
{
    /// <summary>Bytes of a listing's response: hosts take messages of up to 4 MiB unless they are told otherwise.</summary>
    public const int ListingLimit = 4 * 1024 * 1024;

    private readonly ObjectTransfer _transfer = new(locations);

    /// <summary>The service, ready to be served.</summary>
    public GrpcService Create() => new GrpcService()
        .Unary(VeleroServices.Init, InitAsync)
        .ClientStreaming(VeleroServices.PutObject, _transfer.PutAsync)
        .ServerStreaming(VeleroServices.GetObject, _transfer.GetAsync)
        .Unary(VeleroServices.ObjectExists, ExistsAsync)
        .Unary(VeleroServices.ListObjects, ListAsync)
        .Unary(VeleroServices.ListCommonPrefixes, ListCommonPrefixesAsync)
        .Unary(VeleroServices.DeleteObject, DeleteAsync)
        .Unary(VeleroServices.CreateSignedUrl, CreateSignedUrlAsync);

    private async Task<Empty> InitAsync(ObjectStoreInitRequest request, ServerCall call)
    {
        var spec = LocationConfig.Read(request);
        await locations.OpenAsync(spec, call.CancellationToken);
        LogOpened(logger, spec.Provider, spec.Bucket, spec.Prefix);
        return new Empty();
    }

    private async Task<ObjectExistsResponse> ExistsAsync(ObjectExistsRequest request, ServerCall call)
    {
        await using var location = locations.Hold(request.Plugin, request.Bucket, request.Key);
        return new ObjectExistsResponse { Exists = await location.Store.ExistsAsync(location.Key, call.CancellationToken) };
    }

    private async Task<ListObjectsResponse> ListAsync(ListObjectsRequest request, ServerCall call)
    {
        await using var location = locations.Hold(request.Plugin, request.Bucket, request.Prefix);
        var response = new ListObjectsResponse();
        var room = ListingLimit;
        await foreach (var key in location.Store.ListAsync(location.Key, call.CancellationToken))
        {
            var whole = location.Whole(key);
            room = Fit(whole, room, request.Prefix);
            response.Keys.Add(whole);
        }

        return response;
    }

    private async Task<ListCommonPrefixesResponse> ListCommonPrefixesAsync(ListCommonPrefixesRequest request, ServerCall call)
    {
        if (request.Delimiter.Length == 0)
        {
            throw new RpcException(StatusCode.InvalidArgument, "ListCommonPrefixes came without a delimiter. Name one; Velero's is \"/\".");
        }

        await using var location = locations.Hold(request.Plugin, request.Bucket, request.Prefix);
        var response = new ListCommonPrefixesResponse();
        var room = ListingLimit;
        await foreach (var prefix in location.Store.ListCommonPrefixesAsync(location.Key, request.Delimiter, call.CancellationToken))
        {
            var whole = location.Whole(prefix);
            room = Fit(whole, room, request.Prefix);
            response.Prefixes.Add(whole);
        }

        return response;
    }

    private async Task<Empty> DeleteAsync(DeleteObjectRequest request, ServerCall call)
    {
        await using var location = locations.Hold(request.Plugin, request.Bucket, request.Key);
        await location.Store.DeleteAsync(location.Key, call.CancellationToken);
        return new Empty();
    }

    private async Task<CreateSignedURLResponse> CreateSignedUrlAsync(CreateSignedURLRequest request, ServerCall call)
    {
        if (request.Ttl <= 0)
        {
            throw new RpcException(
                StatusCode.InvalidArgument, $"a signed URL cannot live for {request.Ttl} ns. Ask for a lifetime above zero; Velero's is ten minutes.");
        }

        await using var location = locations.Hold(request.Plugin, request.Bucket, request.Key);
        try
        {
            var lifetime = TimeSpan.FromTicks(request.Ttl / TimeSpan.NanosecondsPerTick);
            return new CreateSignedURLResponse { Url = (await location.Store.CreateSignedUrlAsync(location.Key, lifetime, call.CancellationToken)).AbsoluteUri };
        }
        catch (ObjectStoreException e) when (e is not (ObjectNotFoundException or ObjectKeyRefusedException))
        {
            // Not an outage: the object is encrypted, or the store has no such URLs.
            throw CallStatus.Failure(StatusCode.FailedPrecondition, e.Message, e);
        }
    }

    /// <summary>What is left of a response's room after one more text; a listing that has none left is an error, never a part of the list.</summary>
    private static int Fit(string text, int room, string prefix)
    {
        // A repeated field's entry: tag, length, bytes.
        room -= 1 + CodedOutputStream.ComputeStringSize(text);
        return room >= 0
            ? room
            : throw new RpcException(
                StatusCode.ResourceExhausted, $"what is under \"{prefix}\" is more than a response of {ListingLimit >> 20} MiB can list. List a longer prefix.");
    }

    [LoggerMessage(LogLevel.Debug, "opened the location: provider {Provider}, bucket {Bucket}, prefix {Prefix}")]
    private static partial void LogOpened(ILogger logger, string provider, string bucket, string prefix);
}
