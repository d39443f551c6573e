using System.CommandLine;
using Aeos.Backup.Backups;
using Aeos.Backup.Keys;
using Aeos.Cli.CommandLine;
using Aeos.Kubernetes;
using Aeos.ObjectStore.Encrypted;

namespace Aeos.Cli.Backups;

/// <summary>The proposal's options: whether a backup is encrypted, with which key. Every half of them is an error, so that nothing is plaintext by mistake.</summary>
internal sealed class EncryptionOptions
{
    private const string Feature = "EnableEncryption";

    private readonly Option<string[]> _features = new("--features")
    {
        HelpName = Feature,
        AllowMultipleArgumentsPerToken = true,
        Description = $"{Feature} encrypts; it needs a key.",
    };

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
        _format.AcceptOnlyFromAmong("message", "aes-gcm");
        _scope.AcceptOnlyFromAmong("archive", "all");
    }

    public void AddTo(Command command)
    {
        command.Add(_features);
        command.Add(_secret);
        command.Add(_keyFile);
        command.Add(_format);
        command.Add(_scope);
    }

    /// <summary>Fetches the key, if the feature is on; null when it is off.</summary>
    /// <exception cref="UsageException">The options do not go together.</exception>
    /// <exception cref="AeosException">There is no such key, or it cannot be used.</exception>
    public async Task<BackupEncryption?> PrepareAsync(ParseResult result, KubernetesClient cluster, string @namespace, CancellationToken cancellationToken)
    {
        var (secret, file) = (result.GetValue(_secret), result.GetValue(_keyFile));
        var features = (result.GetValue(_features) ?? []).SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        if (features.Find(feature => feature != Feature) is { } unknown)
        {
            throw new UsageException($"there is no feature \"{unknown}\"", $"The known one is {Feature}.");
        }

        if (features.Count == 0)
        {
            return secret is null && file is null && result.GetValue(_format) is null && result.GetValue(_scope) is null ? null
                : throw new UsageException($"options of encryption are given, and the feature {Feature} is not on", $"Add --features {Feature}, or leave them out for a backup in plaintext.");
        }

        IKeyRetriever retriever = (secret, file) switch
        {
            (null, null) => throw new UsageException($"the feature {Feature} is on, and no key is named", "Name it with --encryption-secret or --encryption-key-file."),
            (not null, not null) => throw new UsageException("two keys are named", "Give either --encryption-secret or --encryption-key-file."),
            (not null, _) => new SecretKeyRetriever(cluster, @namespace, secret),
            (_, not null) => new FileKeyRetriever(file),
        };
        return await BackupEncryption.PrepareAsync(
            retriever,
            result.GetValue(_format) == "aes-gcm" ? ArchiveEncryptionFormat.AesGcm : ArchiveEncryptionFormat.Message,
            result.GetValue(_scope) == "all" ? EncryptionScope.All : EncryptionScope.Archive,
            Report.Warning,
            cancellationToken).ConfigureAwait(false);
    }
}
