using Aeos.GoPlugin.Grpc;
using Google.Protobuf.WellKnownTypes;

namespace Aeos.GoPlugin.TestPlugin;

/// <summary>
/// The service <c>aeos.test.Wire</c>. Its messages are protobuf's own wrappers, so that a program in another language needs no generated code.
/// tests/interop/go-plugin serves the same methods in Go.
/// </summary>
public static class Methods
{
    private const string Service = "aeos.test.Wire";

    /// <summary>Answers with the same text.</summary>
    public static readonly GrpcMethod<StringValue, StringValue> Echo = new(Service, "Echo", StringValue.Parser, StringValue.Parser);

    /// <summary>Answers with as many bytes as asked for.</summary>
    public static readonly GrpcMethod<UInt32Value, BytesValue> Bytes = new(Service, "Bytes", UInt32Value.Parser, BytesValue.Parser);

    /// <summary>
    /// Ends with a status: "CODE text"; "throw text" throws what is no RpcException, "map text" one that the server's options map,
    /// "details text" gives status 9 with a StringValue as detail.
    /// </summary>
    public static readonly GrpcMethod<StringValue, StringValue> Fail = new(Service, "Fail", StringValue.Parser, StringValue.Parser);

    /// <summary>Waits until the call is cancelled.</summary>
    public static readonly GrpcMethod<StringValue, StringValue> Hang = new(Service, "Hang", StringValue.Parser, StringValue.Parser);

    /// <summary>How many calls of Hang were cancelled.</summary>
    public static readonly GrpcMethod<Empty, Int64Value> Cancelled = new(Service, "Cancelled", Empty.Parser, Int64Value.Parser);

    /// <summary>A value of the process's environment: "name".</summary>
    public static readonly GrpcMethod<StringValue, StringValue> Environment = new(Service, "Environment", StringValue.Parser, StringValue.Parser);

    /// <summary>Prints to stdout and to stderr.</summary>
    public static readonly GrpcMethod<StringValue, StringValue> Print = new(Service, "Print", StringValue.Parser, StringValue.Parser);

    /// <summary>Streams as many bytes as asked for, in chunks of 64 KiB.</summary>
    public static readonly GrpcMethod<Int64Value, BytesValue> Download = new(Service, "Download", Int64Value.Parser, BytesValue.Parser);

    /// <summary>How many chunks all downloads have written so far.</summary>
    public static readonly GrpcMethod<Empty, Int64Value> Written = new(Service, "Written", Empty.Parser, Int64Value.Parser);

    /// <summary>Takes a stream and answers with its length in bytes.</summary>
    public static readonly GrpcMethod<BytesValue, Int64Value> Upload = new(Service, "Upload", BytesValue.Parser, Int64Value.Parser);

    /// <summary>Takes one message of a stream, and answers OK without reading on.</summary>
    public static readonly GrpcMethod<BytesValue, Int64Value> UploadFirst = new(Service, "UploadFirst", BytesValue.Parser, Int64Value.Parser);

    /// <summary>Takes one message of a stream, and ends with NotFound without reading on.</summary>
    public static readonly GrpcMethod<BytesValue, Int64Value> Refuse = new(Service, "Refuse", BytesValue.Parser, Int64Value.Parser);

    /// <summary>Takes one message of a stream and waits until the call is cancelled.</summary>
    public static readonly GrpcMethod<BytesValue, Int64Value> Stall = new(Service, "Stall", BytesValue.Parser, Int64Value.Parser);
}
