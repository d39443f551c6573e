namespace Aeos.Kubernetes.Objects;

/// <summary>Kubernetes' rules for the names of objects (RFC 1123 in lower case; k8s.io/apimachinery, pkg/util/validation).</summary>
public static class DnsName
{
    /// <summary>A label has at most so many characters.</summary>
    public const int LongestLabel = 63;

    /// <summary>A subdomain has at most so many characters.</summary>
    public const int LongestSubdomain = 253;

    /// <summary>Whether a namespace may have this name: letters, digits and hyphens, the last not at its ends.</summary>
    /// <param name="name">The name.</param>
    public static bool IsLabel(string name) => name.Length <= LongestLabel && IsPart(name);

    /// <summary>Whether most other objects may have this name: such labels, which may be longer here, with dots between them.</summary>
    /// <param name="name">The name.</param>
    public static bool IsSubdomain(string name) => name.Length <= LongestSubdomain && name.Split('.').All(IsPart);

    private static bool IsPart(string part) => part.Length > 0 && part[0] != '-' && part[^1] != '-'
        && part.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
