namespace Aeos.Kubernetes.Objects;

/// <summary>One entry of <c>metadata.ownerReferences</c>.</summary>
/// <param name="ApiVersion">The owner's group and version.</param>
/// <param name="Kind">The owner's kind.</param>
/// <param name="Name">The owner's name.</param>
/// <param name="Uid">The owner's identity.</param>
/// <param name="Controller">Whether the owner is the object's one controller.</param>
public sealed record OwnerReference(string ApiVersion, string Kind, string Name, string Uid, bool Controller);
