using System.Security.Cryptography;
using Aeos.Encryption.Keys;
using Aeos.Encryption.Messages;
using Gcm = System.Security.Cryptography.AesGcm;

namespace Aeos.Encryption.AesGcm;

/// <summary>
/// The proposal's format <c>aes-gcm</c> (seeds/client-side-encryption-proposal.md): 12-byte nonce, ciphertext, 16-byte tag, in one call and so in memory.
/// Bound to no name: read only where the backup's status or the user says that it is one, written only when asked for.
/// </summary>
public static class AesGcmBlob
{
    /// <summary>Bytes of plaintext that a blob may hold unless the caller sets another bound: 1 GiB.</summary>
    public const int DefaultLimit = 1 << 30;

    /// <summary>Bytes that a blob adds to its plaintext.</summary>
    public const int Overhead = NonceLength + TagLength;

    /// <summary>Bytes before the ciphertext: the nonce.</summary>
    public const int NonceLength = 12;

    /// <summary>Bytes behind the ciphertext: the tag.</summary>
    public const int TagLength = 16;

    /// <summary>Encrypts the input, whole. Nothing is written when it is longer than the limit.</summary>
    /// <exception cref="AeosException">Longer than the limit.</exception>
    public static async Task EncryptAsync(Stream input, Stream output, WrappingKey key, int limit, CancellationToken cancellationToken)
    {
        CheckArguments(input, limit);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(key);
        using var content = new WholeInput(reservedBefore: NonceLength, reservedAfter: TagLength);
        if (!await content.ReadAsync(input, limit, cancellationToken).ConfigureAwait(false))
        {
            throw new AeosException(
                $"The input is longer than {limit} bytes, and the format aes-gcm holds it in memory whole",
                "Leave the format out: messages are streamed and have no such bound.");
        }

        Seal(key, content.Whole.Span);
        await output.WriteAsync(content.Whole, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Decrypts the input with the first key that opens it. Nothing is written unless the tag is right.</summary>
    /// <inheritdoc cref="OpenAsync"/>
    public static async Task DecryptAsync(Stream input, Stream output, Keyring keyring, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var opened = await OpenAsync(input, keyring, limit, cancellationToken).ConfigureAwait(false);
        await opened.CopyToAsync(output, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Opens the input with the first key that fits, and gives its plaintext, whose tag is right. Holds the blob in memory, with several keys its plaintext as well,
    /// until it is disposed.
    /// </summary>
    /// <exception cref="MessageRefusedException">Too short, longer than the limit, a message, or no key opens it.</exception>
    public static async Task<Stream> OpenAsync(Stream input, Keyring keyring, int limit, CancellationToken cancellationToken)
    {
        CheckArguments(input, limit);
        ArgumentNullException.ThrowIfNull(keyring);
        using var blob = new WholeInput(reservedBefore: 0, reservedAfter: 0);
        if (!await blob.ReadAsync(input, limit + Overhead, cancellationToken).ConfigureAwait(false))
        {
            throw new MessageRefusedException(
                $"The input holds more than {limit} bytes, and the format aes-gcm holds them in memory whole", "Raise the limit, if the machine has the memory.");
        }

        RefuseUnlessBlob(blob.Whole.Span);
        return Open(blob, keyring);
    }

    /// <summary>Encrypts in place.</summary>
    /// <param name="key">The key.</param>
    /// <param name="blob">The plaintext, with room for the nonce before it and for the tag behind.</param>
    public static void Seal(WrappingKey key, Span<byte> blob)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfLessThan(blob.Length, Overhead);

        // A nonce that begins as a message does would make the blob one: what begins as a message is never read as anything else.
        var nonce = blob[..NonceLength];
        do
        {
            RandomNumberGenerator.Fill(nonce);
        }
        while (MessagePrefix.IsMessage(nonce));

        var content = blob[NonceLength..^TagLength];
        using var gcm = new Gcm(key.Bytes, TagLength);
        gcm.Encrypt(nonce, content, content, blob[^TagLength..]);
    }

    private static void RefuseUnlessBlob(ReadOnlySpan<byte> blob)
    {
        if (MessagePrefix.IsMessage(blob))
        {
            throw new MessageRefusedException(
                "The input is a message, not an aes-gcm blob: it begins with 02 04 78", "Leave the format out: messages are recognised by themselves.");
        }

        if (blob.Length < Overhead)
        {
            throw new MessageRefusedException(
                $"The input has {blob.Length} bytes; an aes-gcm blob has {Overhead} or more", "Give a blob that the format aes-gcm wrote, whole.");
        }
    }

    private static OpenedBlob Open(WholeInput input, Keyring keyring)
    {
        var blob = input.Whole;
        var content = blob[NonceLength..^TagLength];

        // A failed attempt wipes its destination: only the sole key may decrypt in place.
        var opened = keyring.AllKeys.Count == 1
            ? new OpenedBlob(input.Take(), NonceLength, content.Length)
            : new OpenedBlob(GC.AllocateUninitializedArray<byte>(content.Length), 0, content.Length);
        foreach (var key in keyring.AllKeys)
        {
            using var gcm = new Gcm(key.Bytes, TagLength);
            try
            {
                gcm.Decrypt(blob.Span[..NonceLength], content.Span, blob.Span[^TagLength..], opened.Memory.Span);
                return opened;
            }
            catch (AuthenticationTagMismatchException)
            {
                // The format names no key: the next one may be it.
            }
        }

        opened.Dispose();
        var held = string.Join(", ", keyring.AllKeys.Select(static k => Printable.Quote($"{k.Namespace}/{k.Name}")).Distinct());
        throw new MessageRefusedException(
            $"No key at hand opens the aes-gcm blob, or it was changed; at hand: {held}",
            "Give the key that it was written with. If that is at hand the blob was damaged or forged: restore from another copy or another backup.");
    }

    private static void CheckArguments(Stream input, int limit)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, Array.MaxLength - Overhead - 1);
    }
}
