using Aeos.Backup.Backups;
using Aeos.Backup.Keys;
using Aeos.Cli.CommandLine;
using Aeos.Kubernetes;
using Aeos.ObjectStore.Encrypted;

namespace Aeos.Cli.Backups;

/// <summary>How a backup is to be encrypted, as the command line says: one of secret and file is there.</summary>
internal sealed record EncryptionChoice(string? Secret, string? KeyFile, ArchiveEncryptionFormat Format, EncryptionScope Scope)
{
    /// <summary>Fetches the key.</summary>
    /// <exception cref="AeosException">There is no such key, or it cannot be used.</exception>
    public Task<BackupEncryption> PrepareAsync(KubernetesClient cluster, string @namespace, CancellationToken cancellationToken) => BackupEncryption.PrepareAsync(
        Secret is not null ? new SecretKeyRetriever(cluster, @namespace, Secret) : new FileKeyRetriever(KeyFile ?? ""), Format, Scope, Report.Warning, cancellationToken);
}
