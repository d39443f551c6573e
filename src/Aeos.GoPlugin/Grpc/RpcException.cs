using Google.Protobuf;

namespace Aeos.GoPlugin.Grpc;

/// <summary>A call that ended with a status other than OK: thrown by a handler to say so, and by a client that was told so.</summary>
public sealed class RpcException : Exception
{
    /// <summary>A failure with its status.</summary>
    /// <param name="statusCode">Any but OK.</param>
    /// <param name="detail">The text for <c>grpc-message</c>: no secrets.</param>
    /// <param name="details">Messages for <c>grpc-status-details-bin</c>, or null.</param>
    /// <param name="innerException">What is beneath; never sent.</param>
    public RpcException(StatusCode statusCode, string detail, IReadOnlyList<IMessage>? details = null, Exception? innerException = null)
        : base(detail, innerException)
    {
        StatusCode = statusCode;
        Details = details ?? [];
    }

    /// <summary>The status.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>The details: on a client <c>google.protobuf.Any</c>, as they came.</summary>
    public IReadOnlyList<IMessage> Details { get; }
}
