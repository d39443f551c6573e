using Aeos.Cli.CommandLine;
using Aeos.Kubernetes.Objects;

namespace Aeos.Cli.Keys;

/// <summary>What <c>aeos keygen</c> was asked for.</summary>
/// <param name="Size">As typed, or null.</param>
/// <param name="Ascii">A key of letters.</param>
/// <param name="From">The key at hand, or null for a new one.</param>
/// <param name="Format">How it is written.</param>
/// <param name="Output">The new file, or null for standard output.</param>
/// <param name="Name">The Secret's name.</param>
/// <param name="Namespace">The Secret's namespace.</param>
internal sealed record KeygenRequest(string? Size, bool Ascii, string? From, KeyFormat Format, string? Output, string? Name, string? Namespace)
{
    /// <summary>The key's length in bits.</summary>
    /// <exception cref="UsageException">AES has no key of this length.</exception>
    public int Bits => Size switch
    {
        null or "bits256" => 256,
        "bits192" => 192,
        "bits128" => 128,
        "bits384" or "bits512" => throw new UsageException($"AES has no key of {Size[4..]} bits, so {Size} cannot be used", "Take bits256, the strongest that there is."),
        _ => throw new UsageException($"\"{Size}\" is not a key's size", "Take bits128, bits192 or bits256."),
    };

    /// <summary>Refuses what does not go together.</summary>
    /// <exception cref="UsageException">Says what.</exception>
    public void Check()
    {
        _ = Bits;
        if (From is not null && (Size is not null || Ascii))
        {
            throw new UsageException("a size and --ascii are for new keys, and --from reads one that is there", "Leave one of them away.");
        }

        if (Format == KeyFormat.Secret)
        {
            CheckSecret();
        }
        else if (Name is not null || Namespace is not null)
        {
            throw new UsageException("--name and --namespace are for a Secret", "Add -o secret, or leave them away.");
        }
    }

    private void CheckSecret()
    {
        if (Name is null)
        {
            throw new UsageException("a Secret needs a name", "Add --name NAME.");
        }

        if (!DnsName.IsSubdomain(Name))
        {
            throw new UsageException($"\"{Name}\" cannot be a Secret's name", "Take up to 253 lower-case letters, digits, hyphens and dots, with a letter or digit around each dot and at both ends.");
        }

        if (Namespace is not null && !DnsName.IsLabel(Namespace))
        {
            throw new UsageException($"\"{Namespace}\" cannot be a namespace's name", "Take up to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends.");
        }
    }
}
