using Aeos.Cli.Keys;
using Aeos.Encryption;

namespace Aeos.Cli.Restores;

/// <summary>The name of a restore that is looked for: nothing in it may lead out of its folder.</summary>
internal static class RestoreName
{
    /// <exception cref="AeosException">It is none.</exception>
    public static string Checked(string name) => DnsName.IsSubdomain(name) ? name
        : throw new AeosException($"{Printable.Quote(name)} is not the name of a restore", "List them with \"aeos restore get\".");
}
