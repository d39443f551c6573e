namespace Aeos.Cli.Keys;

/// <summary>Kubernetes' rules for names of objects (RFC 1123 in lower case).</summary>
internal static class DnsName
{
    private const int LabelLimit = 63;
    private const int SubdomainLimit = 253;

    /// <summary>A namespace's name: letters, digits and hyphens, not at its ends.</summary>
    public static bool IsLabel(string name) =>
        name.Length is > 0 and <= LabelLimit && name.All(IsLabelCharacter) && name[0] != '-' && name[^1] != '-';

    /// <summary>A Secret's name: such labels, which may be longer here, with dots between them.</summary>
    public static bool IsSubdomain(string name) =>
        name.Length is > 0 and <= SubdomainLimit
        && name.Split('.').All(part => part.Length > 0 && part.All(IsLabelCharacter) && part[0] != '-' && part[^1] != '-');

    private static bool IsLabelCharacter(char character) => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-';
}
