using Google.Protobuf;

namespace Aeos.GoPlugin.Grpc;

/// <summary>A method of a service, as client and server both name it.</summary>
/// <param name="Service">The service's full name, package first: <c>generated.ObjectStore</c>.</param>
/// <param name="Name">The method's name: <c>PutObject</c>.</param>
/// <param name="RequestParser">Reads requests.</param>
/// <param name="ResponseParser">Reads responses.</param>
public sealed record GrpcMethod<TRequest, TResponse>(
    string Service, string Name, MessageParser<TRequest> RequestParser, MessageParser<TResponse> ResponseParser)
    where TRequest : IMessage<TRequest>
    where TResponse : IMessage<TResponse>
{
    /// <summary>The request's path: <c>/generated.ObjectStore/PutObject</c>.</summary>
    public string Path => $"/{Service}/{Name}";
}
