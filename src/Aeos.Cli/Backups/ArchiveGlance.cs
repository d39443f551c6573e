using Aeos.Encryption;
using Aeos.Encryption.Messages;
using Aeos.ObjectStore;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary>What an archive is, by its first bytes, which need no key. They decide; what the document says does not.</summary>
internal static class ArchiveGlance
{
    /// <summary>A line for people.</summary>
    public static async Task<string> TakeAsync(IObjectStore store, BackupKeys keys, EncryptionStatus? hint, CancellationToken cancellationToken)
    {
        try
        {
            var (isMessage, content) = await MessagePrefix.PeekAsync(await store.OpenReadAsync(keys.Archive, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                return isMessage ? await MessageAsync(content, cancellationToken).ConfigureAwait(false)
                    : hint is not { IsEncrypted: true } ? "not encrypted"
                    : hint.Format is null or EncryptionStatus.AesGcmFormat ? "no message: in the format aes-gcm, or not encrypted"
                    : "NOT ENCRYPTED, against what the document says";
            }
        }
        catch (ObjectNotFoundException)
        {
            return "missing";
        }
    }

    private static async Task<string> MessageAsync(Stream content, CancellationToken cancellationToken)
    {
        try
        {
            var header = await MessageHeader.ReadUnverifiedAsync(content, cancellationToken).ConfigureAwait(false);
            return $"an encrypted message for the key {string.Join(" or ", header.Recipients.Select(static key => $"{Printable.Escape(key.Namespace)}/{Printable.Escape(key.Name)}"))}, as its header says";
        }
        catch (MessageRefusedException refusal)
        {
            return $"a damaged message: {refusal.Cause}";
        }
    }
}
