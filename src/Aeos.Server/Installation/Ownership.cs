using System.Text.Json.Nodes;
using Aeos.Kubernetes.Objects;

namespace Aeos.Server.Installation;

/// <summary>The labels that say which objects <c>aeos install</c> made: those alone are changed or removed by it.</summary>
internal static class Ownership
{
    /// <summary>The label that decides.</summary>
    public const string Label = "app.kubernetes.io/managed-by";

    /// <summary>Its value.</summary>
    public const string Value = "aeos";

    /// <summary>Selects what <c>aeos install</c> made.</summary>
    public const string Selector = $"{Label}={Value}";

    public static JsonObject Labels() => new() { ["app.kubernetes.io/name"] = "aeos", [Label] = Value };

    public static bool IsOurs(KubernetesObject item) => item.Metadata.Labels.TryGetValue(Label, out var value) && value == Value;
}
