using Aeos.Encryption;

namespace Aeos.Backup.Backups;

/// <summary>The rule that backups' names follow: a DNS subdomain (RFC 1123), as for Kubernetes resources.</summary>
public static class BackupName
{
    private const int Longest = 253;

    /// <summary>Refuses what is no name; a name is a folder in the bucket, so nothing else may be one.</summary>
    /// <exception cref="AeosException">It is none.</exception>
    public static void Check(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > Longest || !name.Split('.').All(IsLabel))
        {
            throw new AeosException(
                $"{Printable.Quote(name)} is not the name of a backup",
                $"Use up to {Longest} lower-case letters, digits, \"-\" and \".\", with a letter or a digit at both ends of what stands between dots.");
        }
    }

    private static bool IsLabel(string label)
        => label.Length > 0 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
