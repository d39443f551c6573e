using System.Buffers;
using Aeos.GoPlugin.Grpc;
using Aeos.Plugin.Locations;
using Aeos.Velero.Plugins;
using Google.Protobuf;

namespace Aeos.Plugin.Services;

/// <summary>The two calls that carry an object's bytes.</summary>
internal sealed class ObjectTransfer(OpenLocations locations)
{
    /// <summary>Bytes of a message of a get: one frame of the encrypted object, which is verified as a whole anyway.</summary>
    public const int ChunkLength = 64 * 1024;

    /// <summary>Stores the object that the first message names. It appears when the stream has ended well, and not at all otherwise.</summary>
    public async Task<Empty> PutAsync(IAsyncEnumerable<PutObjectRequest> requests, ServerCall call)
    {
        var cancellationToken = call.CancellationToken;
        await using var messages = requests.GetAsyncEnumerator(cancellationToken);
        if (!await messages.MoveNextAsync())
        {
            throw new RpcException(
                StatusCode.InvalidArgument,
                "PutObject ended without a message, so no object was named. Send at least one, with an empty body for an empty object.");
        }

        try
        {
            await StoreAsync(messages, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Velero's client reads the status only after it has sent everything; of a call that ended before, it reports no more than "EOF".
            while (await messages.MoveNextAsync())
            {
            }

            throw;
        }

        return new Empty();
    }

    /// <summary>Sends an object's bytes, verified ones only.</summary>
    public async Task GetAsync(GetObjectRequest request, IServerStreamWriter<Bytes> responses, ServerCall call)
    {
        var cancellationToken = call.CancellationToken;
        await using var location = locations.Hold(request.Plugin, request.Bucket, request.Key);
        await using var content = await location.Store.OpenReadAsync(location.Key, cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            while (await content.ReadAsync(buffer.AsMemory(0, ChunkLength), cancellationToken) is var length and > 0)
            {
                // A write that has returned is done with the message, and so with the buffer.
                var chunk = new Bytes { Data = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, length)) };
                await responses.WriteAsync(chunk, cancellationToken);
            }
        }
        finally
        {
            // The object's plaintext: not for the next renter.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private async Task StoreAsync(IAsyncEnumerator<PutObjectRequest> messages, CancellationToken cancellationToken)
    {
        var first = messages.Current;
        await using var location = locations.Hold(first.Plugin, first.Bucket, first.Key);
        await using var writer = await location.Store.CreateAsync(location.Key, cancellationToken);
        do
        {
            await writer.WriteAsync(messages.Current.Body.Memory, cancellationToken);
        }
        while (await messages.MoveNextAsync());

        // Without this line, which a broken or cancelled stream never comes to, the writer takes back what it wrote.
        await writer.CommitAsync(cancellationToken);
    }
}
