using System.Globalization;
using Aeos.GoPlugin.Grpc;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Aeos.GoPlugin.TestPlugin;

/// <summary>What the test plugin serves.</summary>
internal static class WireService
{
    private const int ChunkLength = 64 * 1024;

    private static readonly BytesValue Chunk = new() { Value = ByteString.CopyFrom(new byte[ChunkLength]) };
    private static long _cancelled;
    private static long _written;

    public static GrpcService Create() => new GrpcService()
        .Unary(Methods.Echo, (request, _) => Task.FromResult(request))
        .Unary(Methods.Bytes, (request, _) => Task.FromResult(new BytesValue { Value = ByteString.CopyFrom(new byte[request.Value]) }))
        .Unary(Methods.Fail, (request, _) => throw Failure(request.Value))
        .Unary(Methods.Hang, HangAsync)
        .Unary(Methods.Cancelled, (_, _) => Task.FromResult(new Int64Value { Value = Interlocked.Read(ref _cancelled) }))
        .Unary(Methods.Environment, (request, _) =>
            Task.FromResult(new StringValue { Value = System.Environment.GetEnvironmentVariable(request.Value) ?? "" }))
        .Unary(Methods.Print, async (request, _) =>
        {
            await Console.Out.WriteLineAsync(request.Value);
            await Console.Error.WriteLineAsync(request.Value);
            return request;
        })
        .Unary(Methods.Written, (_, _) => Task.FromResult(new Int64Value { Value = Interlocked.Read(ref _written) }))
        .ServerStreaming(Methods.Download, DownloadAsync)
        .ClientStreaming(Methods.Upload, UploadAsync)
        .ClientStreaming(Methods.UploadFirst, async (requests, _) => new Int64Value { Value = (await FirstAsync(requests)).Value.Length })
        .ClientStreaming(Methods.Refuse, async (requests, _) =>
        {
            await FirstAsync(requests);
            throw new RpcException(StatusCode.NotFound, "the bucket \"größe\" is not found");
        })
        .ClientStreaming(Methods.Stall, async (requests, call) =>
        {
            await FirstAsync(requests);
            await Task.Delay(Timeout.Infinite, call.CancellationToken);
            return new Int64Value();
        });

    /// <summary>What the server's options map to status PermissionDenied.</summary>
    public static RpcException? Map(Exception e) =>
        e is InvalidDataException ? new RpcException(StatusCode.PermissionDenied, "mapped: " + e.Message) : null;

    private static Exception Failure(string what)
    {
        var space = what.IndexOf(' ', StringComparison.Ordinal);
        var (kind, text) = (what[..space], what[(space + 1)..]);
        return kind switch
        {
            "throw" => new FormatException(text),
            "map" => new InvalidDataException(text),
            "details" => new RpcException(StatusCode.FailedPrecondition, text, [new StringValue { Value = text }]),
            _ => new RpcException((StatusCode)int.Parse(kind, CultureInfo.InvariantCulture), text),
        };
    }

    private static async Task<StringValue> HangAsync(StringValue request, ServerCall call)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, call.CancellationToken);
        }
        finally
        {
            Interlocked.Increment(ref _cancelled);
        }

        return request;
    }

    private static async Task DownloadAsync(Int64Value request, IServerStreamWriter<BytesValue> responses, ServerCall call)
    {
        var rest = request.Value;
        while (rest > 0)
        {
            var chunk = rest >= ChunkLength ? Chunk : new BytesValue { Value = ByteString.CopyFrom(new byte[rest]) };
            await responses.WriteAsync(chunk, call.CancellationToken);
            Interlocked.Increment(ref _written);
            rest -= chunk.Value.Length;
        }
    }

    private static async Task<Int64Value> UploadAsync(IAsyncEnumerable<BytesValue> requests, ServerCall call)
    {
        var sum = 0L;
        await foreach (var chunk in requests.WithCancellation(call.CancellationToken))
        {
            sum += chunk.Value.Length;
        }

        return new Int64Value { Value = sum };
    }

    private static async Task<BytesValue> FirstAsync(IAsyncEnumerable<BytesValue> requests)
    {
        await foreach (var request in requests)
        {
            return request;
        }

        throw new RpcException(StatusCode.InvalidArgument, "no first message");
    }
}
