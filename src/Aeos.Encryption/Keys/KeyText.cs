using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Aeos.Encryption.Keys;

/// <summary>Key text, as it lies in a file, a Secret's value or a credentials file (docs/message-format.md, "Keys at rest").</summary>
public static class KeyText
{
    /// <summary>Bytes of a key file at most: far more than a key's text can have, and enough to tell what else it is.</summary>
    internal const int MaxFileLength = 4096;

    private const int MaxKeyLength = 32;

    private static ReadOnlySpan<byte> LinePrefix => "aeos-key-1:"u8;

    /// <summary>
    /// Reads a key at rest: exactly 16, 24 or 32 raw bytes, or a line <c>aeos-key-1:BASE64URL:NAME</c> that may end in a newline.
    /// </summary>
    /// <param name="content">The content, whole.</param>
    /// <param name="source">Where it came from, for the error: a path, or <c>Secret velero/key field encryptionKey</c>.</param>
    /// <param name="warning">A warning for the log when the key is weak or was meant to be decoded; otherwise null.</param>
    /// <param name="file">What stands for the content's file in that command; null: <paramref name="source"/>, a path.</param>
    /// <exception cref="KeyRefusedException">Says what the content looks like and the command that converts it.</exception>
    public static WrappingKey Parse(ReadOnlySpan<byte> content, string source, out string? warning, string? file = null)
    {
        warning = null;
        if (content.StartsWith(LinePrefix))
        {
            return ParseLine(content[LinePrefix.Length..], source);
        }

        if (!WrappingKey.IsKeyLength(content.Length))
        {
            throw KeyLookalike.Refuse(content, source, file);
        }

        warning = KeyLookalike.WarnAbout(content, source);
        return WrappingKey.FromBytes(content);
    }

    /// <summary>Reads a base64 key (<c>AZURE_STORAGE_ACCOUNT_ENCRYPTION_KEY</c>); padding is optional.</summary>
    /// <param name="base64">The text.</param>
    /// <param name="sha256">The base64 SHA-256 of the raw key that it must match, or null.</param>
    /// <param name="source">The name of the setting, for the error.</param>
    /// <param name="warning">A warning for the log when the key is weak; otherwise null.</param>
    /// <exception cref="KeyRefusedException">Not base64, not a key's length, or another hash.</exception>
    public static WrappingKey ParseBase64(ReadOnlySpan<char> base64, string? sha256, string source, out string? warning)
    {
        const string remedy = "Give the base64 of 16, 24 or 32 bytes; `aeos keygen` prints it.";
        var where = Printable.Escape(source);
        Span<byte> text = stackalloc byte[48];
        Span<byte> key = stackalloc byte[36];
        try
        {
            // Longer than the base64 of the longest key, or not ASCII: not a key either way.
            if (base64.Length > text.Length || Ascii.FromUtf16(base64, text, out var textLength) != OperationStatus.Done
                || !StrictBase64.TryDecode(text[..textLength], url: false, key, out var length))
            {
                throw new KeyRefusedException($"{where} is not the base64 of a key", remedy);
            }

            if (!WrappingKey.IsKeyLength(length))
            {
                throw new KeyRefusedException($"{where} holds {length} bytes; an AES key has 16, 24 or 32", remedy);
            }

            CheckHash(key[..length], sha256, where);
            warning = KeyLookalike.WarnAbout(key[..length], source);
            return WrappingKey.FromBytes(key[..length]);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Reads a key file with <see cref="Parse"/>; refuses a file longer than a key can be without reading it whole.</summary>
    /// <exception cref="KeyRefusedException">The file is missing, unreadable or holds no key.</exception>
    public static async Task<(WrappingKey Key, string? Warning)> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var content = GC.AllocateArray<byte>(MaxFileLength + 1, pinned: true);
        try
        {
            int length;
            try
            {
                // No buffer of the stream's own: it would keep the key.
                var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
                await using (file.ConfigureAwait(false))
                {
                    length = await file.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw Unreadable(path, e);
            }

            var key = Parse(content.AsSpan(0, length), path, out var warning);
            return (key, warning);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>The line <c>aeos-key-1:BASE64URL:NAME</c> in ASCII, without a newline. The caller wipes it.</summary>
    public static byte[] FormatLine(WrappingKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var encodedLength = Base64Url.GetEncodedLength(key.Bytes.Length);
        var name = WrappingKey.DeriveName(key.Bytes);
        var line = GC.AllocateArray<byte>(LinePrefix.Length + encodedLength + 1 + name.Length, pinned: true);
        LinePrefix.CopyTo(line);
        Base64Url.EncodeToUtf8(key.Bytes, line.AsSpan(LinePrefix.Length));
        line[LinePrefix.Length + encodedLength] = (byte)':';
        Encoding.ASCII.GetBytes(name, line.AsSpan(LinePrefix.Length + encodedLength + 1));
        return line;
    }

    /// <summary>The base64 SHA-256 of the key, as <c>AZURE_STORAGE_ACCOUNT_ENCRYPTION_HASH</c> has it.</summary>
    public static string Hash(WrappingKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Convert.ToBase64String(SHA256.HashData(key.Bytes));
    }

    private static WrappingKey ParseLine(ReadOnlySpan<byte> rest, string source)
    {
        const string remedy = "Copy the whole line, and nothing else, from where the key was made; it begins with aeos-key-1: and may end in a newline.";
        var where = Printable.Escape(source);
        rest = rest.EndsWith("\r\n"u8) ? rest[..^2] : rest.EndsWith("\n"u8) ? rest[..^1] : rest;
        var colon = rest.IndexOf((byte)':');
        Span<byte> key = stackalloc byte[MaxKeyLength];
        try
        {
            if (colon < 0 || !StrictBase64.TryDecode(rest[..colon], url: true, key, out var length) || !WrappingKey.IsKeyLength(length))
            {
                throw new KeyRefusedException($"{where} begins as an Aeos key line but does not hold a key: it was cut or changed", remedy);
            }

            // The name is all that tells a mistyped key from a right one.
            Span<byte> name = stackalloc byte[WrappingKey.DerivedNameLength];
            Encoding.ASCII.GetBytes(WrappingKey.DeriveName(key[..length]), name);
            return CryptographicOperations.FixedTimeEquals(rest[(colon + 1)..], name)
                ? WrappingKey.FromBytes(key[..length])
                : throw new KeyRefusedException($"{where} holds an Aeos key line whose name is not its key's name: it was cut or changed", remedy);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static void CheckHash(ReadOnlySpan<byte> key, string? sha256, string where)
    {
        if (sha256 is null)
        {
            return;
        }

        Span<byte> text = stackalloc byte[44];
        Span<byte> given = stackalloc byte[36];
        if (sha256.Length > text.Length || Ascii.FromUtf16(sha256, text, out var textLength) != OperationStatus.Done
            || !StrictBase64.TryDecode(text[..textLength], url: false, given, out var length) || length != SHA256.HashSizeInBytes)
        {
            throw new KeyRefusedException(
                $"The hash given for {where} is not the base64 of a SHA-256", "Give the base64 SHA-256 of the raw key, as `aeos keygen` prints it, or leave the hash out.");
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(key, hash);
        if (!CryptographicOperations.FixedTimeEquals(hash, given[..length]))
        {
            throw new KeyRefusedException(
                $"The hash given for {where} belongs to another key", "Give key and hash from the same run of `aeos keygen`, or leave the hash out.");
        }
    }

    private static KeyRefusedException Unreadable(string path, Exception e)
    {
        var where = Printable.Quote(path);
        return e switch
        {
            FileNotFoundException or DirectoryNotFoundException =>
                new KeyRefusedException($"There is no key file {where}", "Give the path of the key; `aeos keygen -o line --out FILE` makes a new one.", e),
            UnauthorizedAccessException =>
                new KeyRefusedException($"The key file {where} may not be read, or is a folder", "Give a file that this user may read.", e),
            _ => new KeyRefusedException($"The key file {where} cannot be read: {Printable.Escape(e.Message)}", "Give a file that can be read.", e),
        };
    }
}
