using Aeos.Cli.Engine;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Restores;

/// <summary>With which key a restore's records may have been encrypted: its own document says nothing of it, that of its backup does.</summary>
internal static class RestoreHint
{
    /// <summary>What the backup's document says; null when it is not there any more, or was never read.</summary>
    public static async Task<EncryptionStatus?> FindAsync(OpenedBucket bucket, RestoreDocument restore, CancellationToken cancellationToken)
    {
        try
        {
            return (await bucket.Reader.ReadBackupAsync(restore.Spec.BackupName ?? "", cancellationToken).ConfigureAwait(false)).Status.Encryption;
        }
        catch (AeosException)
        {
            // A hint is not needed where the records are not encrypted, or the key is named.
            return null;
        }
    }
}
