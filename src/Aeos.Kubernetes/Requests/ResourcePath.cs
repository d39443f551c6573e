using System.Text;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Errors;

namespace Aeos.Kubernetes.Requests;

/// <summary>
/// Makes addresses. Names come from archives that someone else may have written: a name that would lead to another address is refused, by the rule
/// that the API server itself has for path segments.
/// </summary>
internal static class ResourcePath
{
    /// <summary>The address of all objects of a resource, in one namespace or, without one, in all.</summary>
    public static string Collection(ApiResource resource, string? @namespace)
    {
        var root = resource.Group.Length == 0 ? $"/api/{Segment(resource.Version, "version")}"
            : $"/apis/{Segment(resource.Group, "group")}/{Segment(resource.Version, "version")}";
        if (string.IsNullOrEmpty(@namespace))
        {
            return $"{root}/{Segment(resource.Name, "resource")}";
        }

        return resource.Namespaced ? $"{root}/namespaces/{Segment(@namespace, "namespace")}/{Segment(resource.Name, "resource")}"
            : throw new KubernetesException(
                $"{resource.GroupResource} are not in namespaces, and {@namespace} was named",
                "Leave the namespace out.");
    }

    /// <summary>The address of one object, or of what hangs below it.</summary>
    public static string Item(ApiResource resource, string? @namespace, string name, string? subresource = null)
    {
        if (resource.Namespaced && string.IsNullOrEmpty(@namespace))
        {
            throw new KubernetesException(
                $"{resource.GroupResource} are in namespaces, and none was named for {name}",
                "Name the namespace.");
        }

        var path = $"{Collection(resource, @namespace)}/{Segment(name, "name")}";
        return subresource is null ? path : $"{path}/{Segment(subresource, "subresource")}";
    }

    /// <summary>The address with these parameters; those without a value are left out.</summary>
    public static string WithQuery(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var target = new StringBuilder(path);
        var separator = '?';
        foreach (var (name, value) in parameters)
        {
            if (!string.IsNullOrEmpty(value))
            {
                target.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }

        return target.ToString();
    }

    /// <summary>Whether a name can be part of an address; the API lets nothing be called otherwise.</summary>
    public static bool CanName(string text) => text.Length > 0 && text is not ("." or "..") && !text.AsSpan().ContainsAny('/', '%');

    private static string Segment(string text, string what)
        => CanName(text) ? Uri.EscapeDataString(text)
            : throw new KubernetesException(
                $"the {what} {System.Text.Json.JsonEncodedText.Encode(text)} cannot be part of an address",
                "Correct it: it may not be empty, \".\", \"..\", nor hold \"/\" or \"%\".");
}
