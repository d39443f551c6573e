using Aeos.Kubernetes.Objects;

namespace Aeos.Kubernetes.Watches;

/// <summary>One event of a watch.</summary>
/// <param name="Type">What has happened.</param>
/// <param name="Item">The object, as sent; watches send <c>apiVersion</c> and <c>kind</c>.</param>
public sealed record WatchEvent(WatchEventType Type, KubernetesObject Item);
