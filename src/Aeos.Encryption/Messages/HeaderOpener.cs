using System.Security.Cryptography;
using Aeos.Encryption.Keys;

namespace Aeos.Encryption.Messages;

/// <summary>Verifies a header: unwraps the data key, checks the commitment and the tag, then what the context must carry. In this order.</summary>
internal static class HeaderOpener
{
    public static MessageCipher Open(MessageHeader header, Keyring keyring, EncryptionContext requiredContext)
    {
        Span<byte> dataKey = stackalloc byte[DataKeyWrapping.DataKeyLength];
        try
        {
            if (!TryUnwrap(header, keyring, dataKey))
            {
                throw Refusal.WrongKey(header, keyring);
            }

            var cipher = Verify(header, dataKey);
            try
            {
                Require(requiredContext, header.Context);
                return cipher;
            }
            catch
            {
                cipher.Dispose();
                throw;
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    private static bool TryUnwrap(MessageHeader header, Keyring keyring, Span<byte> dataKey)
    {
        foreach (var entry in header.DataKeys)
        {
            foreach (var key in keyring.AllKeys)
            {
                if (DataKeyWrapping.Names(entry, key) && DataKeyWrapping.TryUnwrap(entry, key, header.SerializedContext.Span, dataKey))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static MessageCipher Verify(MessageHeader header, ReadOnlySpan<byte> dataKey)
    {
        Span<byte> commitment = stackalloc byte[AlgorithmSuite.CommitmentLength];
        var cipher = MessageCipher.Derive(dataKey, header.MessageId.Span, commitment);
        if (!CryptographicOperations.FixedTimeEquals(commitment, header.Commitment))
        {
            cipher.Dispose();
            throw Refusal.Uncommitted();
        }

        if (!cipher.VerifyHeader(header.Body, header.Tag))
        {
            cipher.Dispose();
            throw Refusal.HeaderForged();
        }

        return cipher;
    }

    // Both sides are valid Unicode, so equal text is equal bytes.
    private static void Require(EncryptionContext required, EncryptionContext found)
    {
        foreach (var (key, value) in required.Pairs)
        {
            if (!found.TryGetValue(key, out var foundValue) || !string.Equals(value, foundValue, StringComparison.Ordinal))
            {
                throw Refusal.WrongContext(key, value, foundValue);
            }
        }
    }
}
