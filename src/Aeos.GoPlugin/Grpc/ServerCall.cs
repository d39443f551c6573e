namespace Aeos.GoPlugin.Grpc;

/// <summary>The call that a handler serves.</summary>
/// <param name="Path">The method's path.</param>
/// <param name="Deadline">When the caller gives up, or null.</param>
/// <param name="CancellationToken">Cancelled when the caller went away, the deadline passed, or the plugin ends.</param>
public sealed record ServerCall(string Path, DateTimeOffset? Deadline, CancellationToken CancellationToken);
