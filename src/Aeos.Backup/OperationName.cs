using Aeos.Encryption;

namespace Aeos.Backup;

/// <summary>The rule that names of backups and restores follow: a DNS subdomain (RFC 1123), as for Kubernetes resources.</summary>
internal static class OperationName
{
    private const int Longest = 253;

    /// <summary>Refuses what is no name; a name is a folder in the bucket, so nothing else may be one.</summary>
    /// <param name="name">The name.</param>
    /// <param name="what">What it is a name of: <c>backup</c> or <c>restore</c>.</param>
    /// <returns>The name.</returns>
    /// <exception cref="AeosException">It is none.</exception>
    public static string Checked(string name, string what)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= Longest && name.Split('.').All(IsLabel) ? name : throw new AeosException(
            $"{Printable.Quote(name)} is not the name of a {what}",
            $"Use up to {Longest} lower-case letters, digits, \"-\" and \".\", with a letter or a digit at both ends of what stands between dots.");
    }

    private static bool IsLabel(string label)
        => label.Length > 0 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
