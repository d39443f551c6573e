using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using Google.Protobuf;

namespace Aeos.GoPlugin.Grpc;

/// <summary>A message as gRPC frames it: a byte that says whether it is compressed, its length in four bytes big-endian, the message.</summary>
internal static class MessageFrame
{
    /// <summary>Bytes before the message.</summary>
    public const int HeaderLength = 5;

    /// <summary>The longest message, in bytes, both ways: the default of gRPC's own implementations.</summary>
    public const int MaxMessageLength = 4 * 1024 * 1024;

    /// <summary>Writes a frame.</summary>
    /// <exception cref="RpcException">The message is too long: <see cref="StatusCode.ResourceExhausted"/>; nothing was written.</exception>
    public static void Write(IBufferWriter<byte> output, IMessage message)
    {
        var length = message.CalculateSize();
        if (length > MaxMessageLength)
        {
            throw TooLong("sent", length);
        }

        var header = output.GetSpan(HeaderLength);
        header[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(header[1..], (uint)length);
        output.Advance(HeaderLength);
        message.WriteTo(output);
    }

    /// <summary>Finds the frame at the start of what has come so far.</summary>
    /// <returns>False when more must come first.</returns>
    /// <exception cref="RpcException">The frame is compressed or too long.</exception>
    public static bool TryRead(ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> message)
    {
        message = default;
        if (buffer.Length < HeaderLength)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[HeaderLength];
        buffer.Slice(0, HeaderLength).CopyTo(header);
        if (header[0] > 1)
        {
            throw new RpcException(StatusCode.Internal, "a message begins with a flag that gRPC does not know");
        }

        if (header[0] == 1)
        {
            throw new RpcException(StatusCode.Unimplemented, "a message is compressed, and compression is not supported");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (length > MaxMessageLength)
        {
            throw TooLong("received", length);
        }

        if (buffer.Length - HeaderLength < length)
        {
            return false;
        }

        message = buffer.Slice(HeaderLength, length);
        return true;
    }

    private static RpcException TooLong(string direction, long length) => new(
        StatusCode.ResourceExhausted,
        string.Create(CultureInfo.InvariantCulture, $"a message of {length} bytes cannot be {direction}: the limit is {MaxMessageLength} bytes"));
}
