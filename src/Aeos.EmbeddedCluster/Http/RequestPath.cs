namespace Aeos.Embedded.Http;

/// <summary>A path of the API, taken apart: <c>/apis/GROUP/VERSION/namespaces/NS/RESOURCE/NAME/SUBRESOURCE</c> and its shorter forms.</summary>
internal sealed record RequestPath(string Group, string Version, string? Namespace, string Resource, string? Name, string? Subresource)
{
    /// <summary>Null when the path names no resource.</summary>
    public static RequestPath? Parse(string[] segments)
    {
        var (group, rest) = segments switch
        {
            ["api", _, _, ..] => ("", segments[1..]),
            ["apis", var named, _, _, ..] => (named, segments[2..]),
            _ => ("", Array.Empty<string>()),
        };
        if (rest.Length < 2)
        {
            return null;
        }

        var version = rest[0];
        rest = rest[1..];

        // A namespace itself is a resource too: /namespaces/NS and /namespaces/NS/status are about it.
        if (rest is ["namespaces", var ns, var resource, ..] && !(group.Length == 0 && resource is "status" or "finalize"))
        {
            return Below(group, version, ns, rest.AsSpan(2));
        }

        return Below(group, version, null, rest);
    }

    private static RequestPath? Below(string group, string version, string? ns, ReadOnlySpan<string> rest) => rest switch
    {
        [var resource] => new(group, version, ns, resource, null, null),
        [var resource, var name] => new(group, version, ns, resource, name, null),
        [var resource, var name, var subresource] => new(group, version, ns, resource, name, subresource),
        _ => null,
    };
}
