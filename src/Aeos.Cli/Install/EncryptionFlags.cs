using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;
using Aeos.Kubernetes.Objects;
using Aeos.Server.Installation;

namespace Aeos.Cli.Install;

/// <summary>The options about encryption. A server with a key encrypts, and refuses plaintext.</summary>
internal sealed class EncryptionFlags
{
    private readonly FeatureOption _features = new(
        "EnableEncryption: encrypt; a Secret with a key switches it on, too. EnableAPIGroupVersions: all versions of a type.",
        FeatureOption.Encryption, FeatureOption.ApiGroupVersions, "EnableCSI");

    private readonly Option<string?> _secret = new("--encryption-secret")
    {
        HelpName = "NAME",
        Description = "The Secret with the key, field encryptionKey, in the server's namespace. The server encrypts with it.",
    };

    private readonly Option<bool> _generate = new("--generate-encryption-secret")
    {
        Description = $"Make that Secret (default name: {KeySecret.DefaultName}) with a new key, and write the key to standard output, once, to be kept outside the cluster. One that is there stays.",
    };

    private readonly Option<string?> _scope = new("--encryption-scope") { HelpName = "archive|all", Description = "What is encrypted: the archive alone, or everything but velero-backup.json. Default: archive." };
    private readonly Option<string?> _format = new("--encryption-format") { HelpName = "message|aes-gcm", Description = "The archive's format. Default: message." };
    private readonly SwitchOption _require = new("--require-encryption", "Whether the server refuses plaintext. Default, with a key: true in a new installation, as it was in an old one.");

    public EncryptionFlags()
    {
        _scope.AcceptOnlyFromAmong("archive", "all");
        _format.AcceptOnlyFromAmong("message", "aes-gcm");
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _features, _secret, _generate, _scope, _format, _require })
        {
            command.Add(option);
        }
    }

    /// <summary>Whether a key is to be made.</summary>
    public bool Generates(ParseResult result) => result.GetValue(_generate);

    /// <summary>Puts them into what is installed.</summary>
    /// <exception cref="UsageException">They do not go together.</exception>
    public InstallationOptions Read(ParseResult result, InstallationOptions options)
    {
        var features = _features.Read(result);
        var secret = result.GetValue(_secret) ?? (result.GetValue(_generate) ? KeySecret.DefaultName : null);
        if (secret is null)
        {
            RefuseWithoutKey(result, features);
        }
        else if (!DnsName.IsSubdomain(secret))
        {
            throw new UsageException($"\"{secret}\" in --encryption-secret cannot be a Secret's name", "Take up to 253 lower-case letters, digits, hyphens and dots.");
        }

        if (features.Contains("EnableCSI"))
        {
            Report.Warning("the feature EnableCSI does nothing here: snapshots of volumes are not taken");
        }

        return options with
        {
            Features = [.. features.Where(feature => feature == FeatureOption.ApiGroupVersions)],
            Encryption = secret is null ? null : new InstalledEncryption(secret, result.GetValue(_format), result.GetValue(_scope)),
            RequireEncryption = _require.Read(result),
        };
    }

    private void RefuseWithoutKey(ParseResult result, IReadOnlyList<string> features)
    {
        var asking = features.Contains(FeatureOption.Encryption) ? $"--features {FeatureOption.Encryption}"
            : result.GetValue(_scope) is not null ? _scope.Name
            : result.GetValue(_format) is not null ? _format.Name
            : _require.Read(result) == true ? _require.Name
            : null;
        if (asking is not null)
        {
            throw new UsageException($"{asking} needs a key, and no Secret with one is named", "Add --encryption-secret NAME, or --generate-encryption-secret.");
        }
    }
}
