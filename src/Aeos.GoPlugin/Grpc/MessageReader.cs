using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Google.Protobuf;

namespace Aeos.GoPlugin.Grpc;

/// <summary>Reads a stream's messages, however the frames of HTTP/2 cut them.</summary>
internal sealed class MessageReader(PipeReader input)
{
    /// <summary>The next message, or null at the stream's end.</summary>
    /// <exception cref="RpcException">The stream breaks gRPC's rules.</exception>
    public async ValueTask<T?> ReadAsync<T>(MessageParser<T> parser, CancellationToken cancellationToken)
        where T : IMessage<T>
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (MessageFrame.TryRead(buffer, out var frame))
            {
                var message = Parse(parser, frame);
                input.AdvanceTo(frame.End);
                return message;
            }

            if (result.IsCompleted)
            {
                var rest = buffer.Length;
                input.AdvanceTo(buffer.End);
                return rest == 0 ? default : throw new RpcException(StatusCode.Internal, "the stream ended in the middle of a message");
            }

            input.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>The one message of a stream that may have no other.</summary>
    /// <exception cref="RpcException">There is none, or more than one.</exception>
    public async ValueTask<T> ReadSingleAsync<T>(MessageParser<T> parser, CancellationToken cancellationToken)
        where T : IMessage<T>
    {
        var message = await ReadAsync(parser, cancellationToken)
            ?? throw new RpcException(StatusCode.Internal, "the stream ended without the message that was expected");
        return await ReadAsync(parser, cancellationToken) is null
            ? message
            : throw new RpcException(StatusCode.Internal, "the stream has more messages than the one that was expected");
    }

    /// <summary>All messages until the stream's end.</summary>
    public async IAsyncEnumerable<T> ReadAllAsync<T>(MessageParser<T> parser, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : IMessage<T>
    {
        while (await ReadAsync(parser, cancellationToken) is { } message)
        {
            yield return message;
        }
    }

    private static T Parse<T>(MessageParser<T> parser, System.Buffers.ReadOnlySequence<byte> frame)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(frame);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new RpcException(StatusCode.Internal, "a message is not what the method takes: " + e.Message, innerException: e);
        }
    }
}
