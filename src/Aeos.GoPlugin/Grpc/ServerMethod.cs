namespace Aeos.GoPlugin.Grpc;

/// <summary>Serves one call of a method. Its return is status OK, its exception any other.</summary>
internal delegate Task ServerMethod(MessageReader requests, ResponseWriter responses, ServerCall call);
