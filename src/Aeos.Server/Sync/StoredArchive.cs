using Aeos.Encryption.Messages;
using Aeos.ObjectStore;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Server.Sync;

/// <summary>Finds out from a stored archive's first bytes whether it is encrypted. The document beside it is only asked what they cannot say: which key it is.</summary>
internal static class StoredArchive
{
    /// <summary>Looks at it.</summary>
    /// <param name="store">The bare store.</param>
    /// <param name="name">The backup's name.</param>
    /// <param name="said">What the document says.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>What is so; null: it is not encrypted, or there is none.</returns>
    public static async Task<EncryptionStatus?> EncryptionOfAsync(IObjectStore store, string name, EncryptionStatus? said, CancellationToken cancellationToken)
    {
        var hint = said is { IsEncrypted: true } ? said : null;
        var first = new byte[MessagePrefix.Length];
        int count;
        try
        {
            var content = await store.OpenReadAsync(new BackupKeys(name).Archive, cancellationToken).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                count = await content.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ObjectNotFoundException)
        {
            return null;
        }

        return MessagePrefix.IsMessage(first.AsSpan(0, count)) ? (hint ?? new EncryptionStatus()) with { IsEncrypted = true, Format = EncryptionStatus.MessageFormat }
            : first is [0x1f, 0x8b, 0x08] ? null
            : hint is { Format: null or EncryptionStatus.AesGcmFormat } ? hint
            : null;
    }
}
