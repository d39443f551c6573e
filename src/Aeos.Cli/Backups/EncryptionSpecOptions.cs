using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary>What a Backup in the cluster can say of its encryption, the proposal's <c>spec.encryption</c>: that it is wanted, and with which Secret's key. The rest is the server's to say.</summary>
/// <param name="features">The features.</param>
/// <param name="secret">The Secret's name.</param>
internal sealed class EncryptionSpecOptions(FeatureOption features, Option<string?> secret)
{
    /// <summary>What is asked for; null: what the server does anyway.</summary>
    /// <exception cref="UsageException">The name is empty, or a feature is the server's.</exception>
    public BackupEncryptionSpec? Read(ParseResult result)
    {
        var on = features.Read(result);
        if (on.Contains(FeatureOption.ApiGroupVersions))
        {
            throw new UsageException($"the feature {FeatureOption.ApiGroupVersions} needs --location", "It is the server's to say: give it to \"aeos install\" or \"aeos server\".");
        }

        return (result.GetValue(secret), on.Contains(FeatureOption.Encryption)) switch
        {
            ("", _) => throw new UsageException("the name in --encryption-secret is empty", "Name the Secret whose field encryptionKey is the key."),
            (null, false) => null,
            var (name, isOn) => new BackupEncryptionSpec { Enabled = isOn ? true : null, SecretName = name },
        };
    }
}
