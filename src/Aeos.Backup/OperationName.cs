using Aeos.Encryption;
using Aeos.Kubernetes.Objects;

namespace Aeos.Backup;

/// <summary>The rule that names of backups and restores follow: a DNS subdomain (RFC 1123), as for Kubernetes resources.</summary>
public static class OperationName
{
    /// <summary>Refuses what is no name; a name is a folder in the bucket, so nothing else may be one.</summary>
    /// <param name="name">The name.</param>
    /// <param name="what">What it is a name of: <c>backup</c> or <c>restore</c>.</param>
    /// <returns>The name.</returns>
    /// <exception cref="AeosException">It is none.</exception>
    public static string Checked(string name, string what)
    {
        ArgumentNullException.ThrowIfNull(name);
        return DnsName.IsSubdomain(name) ? name : throw new AeosException(
            $"{Printable.Quote(name)} is not the name of a {what}",
            $"Use up to {DnsName.LongestSubdomain} lower-case letters, digits, \"-\" and \".\", with a letter or a digit at both ends of what stands between dots.");
    }
}
