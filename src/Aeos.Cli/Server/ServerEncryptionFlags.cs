using System.CommandLine;
using Aeos.Backup.Backups;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;
using Aeos.ObjectStore.Encrypted;
using Aeos.Server;

namespace Aeos.Cli.Server;

/// <summary>The proposal's flags.</summary>
internal sealed class ServerEncryptionFlags
{
    private readonly FeatureOption _features = new(
        $"{FeatureOption.Encryption} encrypts backups; it needs --encryption-secret. {FeatureOption.ApiGroupVersions} backs up all versions of each type.",
        FeatureOption.Encryption,
        FeatureOption.ApiGroupVersions,
        CsiFeature);

    private readonly NameOption _secret = new("--encryption-secret", "Secret", "The Secret, in --namespace, whose field encryptionKey is the key to encrypt backups with.");

    private readonly Option<string?> _format = new("--encryption-format")
    {
        HelpName = "message|aes-gcm",
        Description = "message: streamed and bound to its name (the default). aes-gcm: the proposal's, in memory, up to 1 GiB.",
    };

    private readonly Option<string?> _scope = new("--encryption-scope")
    {
        HelpName = "archive|all",
        Description = "archive: the archive alone (the default). all: every object but velero-backup.json.",
    };

    private readonly SwitchOption _require = new("--require-encryption", "Refuse backups that would not be encrypted, and restores from archives that are not. Default: false.");

    private const string CsiFeature = "EnableCSI";

    public ServerEncryptionFlags()
    {
        _format.AcceptOnlyFromAmong("message", "aes-gcm");
        _scope.AcceptOnlyFromAmong("archive", "all");
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_features, _secret, _format, _scope, _require])
        {
            command.Add(option);
        }
    }

    /// <summary>Puts them into what the server is told.</summary>
    /// <exception cref="UsageException">They do not go together.</exception>
    public ServerOptions Read(ParseResult result, ServerOptions options)
    {
        var features = _features.Read(result);
        if (features.Contains(CsiFeature))
        {
            Report.Warning($"--features {CsiFeature} does nothing here: no snapshots of volumes are taken");
        }

        var (format, scope) = (result.GetValue(_format), result.GetValue(_scope));
        return (format, scope) is ("aes-gcm", "all")
            ? throw new UsageException("the format aes-gcm is the archive's alone: nothing in an object says that it is in it", "Leave --encryption-format or --encryption-scope out.")
            : options with
            {
                EnableEncryption = features.Contains(FeatureOption.Encryption),
                EnableApiGroupVersions = features.Contains(FeatureOption.ApiGroupVersions),
                EncryptionSecret = _secret.Read(result),
                EncryptionFormat = format == "aes-gcm" ? ArchiveEncryptionFormat.AesGcm : ArchiveEncryptionFormat.Message,
                EncryptionScope = scope == "all" ? EncryptionScope.All : EncryptionScope.Archive,
                RequireEncryption = _require.Read(result) ?? false,
            };
    }
}
