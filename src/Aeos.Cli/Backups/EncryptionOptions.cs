using System.CommandLine;
using Aeos.Backup.Backups;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;
using Aeos.ObjectStore.Encrypted;

namespace Aeos.Cli.Backups;

/// <summary>The proposal's options: whether a backup is encrypted, with which key. Every half of them is an error, so that nothing is plaintext by mistake.</summary>
internal sealed class EncryptionOptions
{
    private const string AesGcm = "aes-gcm";
    private const string All = "all";

    private readonly Option<string?> _secret = new("--encryption-secret") { HelpName = "NAME", Description = "The Secret, in --namespace, whose field encryptionKey is the key." };

    private readonly Option<string?> _keyFile = new("--encryption-key-file") { HelpName = "FILE", Description = "The key's file, as keygen --out writes it." };

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

    public EncryptionOptions()
    {
        _format.AcceptOnlyFromAmong("message", AesGcm);
        _scope.AcceptOnlyFromAmong("archive", All);
    }

    /// <summary>The Secret's name.</summary>
    public Option<string?> Secret => _secret;

    /// <summary>Those that only say how a backup is encrypted here, and not by the server.</summary>
    public IReadOnlyList<Option> Local => [_keyFile, _format, _scope];

    public void AddTo(Command command)
    {
        command.Add(_secret);
        command.Add(_keyFile);
        command.Add(_format);
        command.Add(_scope);
    }

    /// <summary>What was asked for; null: no encryption.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="isOn">Whether the feature is on.</param>
    /// <exception cref="UsageException">The options do not go together.</exception>
    public EncryptionChoice? Read(ParseResult result, bool isOn)
    {
        var (secret, file, format, scope) = (result.GetValue(_secret), result.GetValue(_keyFile), result.GetValue(_format), result.GetValue(_scope));
        if (!isOn)
        {
            return (secret, file, format, scope) is (null, null, null, null) ? null
                : throw new UsageException(
                    $"options of encryption are given, and the feature {FeatureOption.Encryption} is not on", $"Add --features {FeatureOption.Encryption}, or leave them out for a backup in plaintext.");
        }

        return (secret, file, format, scope) switch
        {
            (null, null, _, _) => throw new UsageException($"the feature {FeatureOption.Encryption} is on, and no key is named", "Name it with --encryption-secret or --encryption-key-file."),
            (not null, not null, _, _) => throw new UsageException("two keys are named", "Give either --encryption-secret or --encryption-key-file."),
            ("", _, _, _) => throw new UsageException("the name in --encryption-secret is empty", "Name the Secret whose field encryptionKey is the key."),
            (_, "", _, _) => throw new UsageException("the path in --encryption-key-file is empty", "Name the key's file."),
            (_, _, AesGcm, All) => throw new UsageException(
                $"the format {AesGcm} is the archive's alone: nothing in an object says that it is in it", "Leave --encryption-format out to encrypt all objects, or leave --encryption-scope out."),
            _ => new EncryptionChoice(
                secret, file, format == AesGcm ? ArchiveEncryptionFormat.AesGcm : ArchiveEncryptionFormat.Message, scope == All ? EncryptionScope.All : EncryptionScope.Archive),
        };
    }
}
