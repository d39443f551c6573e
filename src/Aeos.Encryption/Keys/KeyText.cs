namespace Aeos.Encryption.Keys;

/// <summary>Key text, as it lies in a file, a Secret's value or a credentials file (docs/message-format.md, "Keys at rest").</summary>
public static class KeyText
{
    /// <summary>
    /// Reads a key at rest: exactly 16, 24 or 32 raw bytes, or a line <c>aeos-key-1:BASE64URL:NAME</c> that may end in a newline.
    /// </summary>
    /// <param name="content">The content, whole.</param>
    /// <param name="source">Where it came from, for the error: a path, or <c>Secret velero/key field encryptionKey</c>.</param>
    /// <param name="warning">A warning for the log when the key is weak or was meant to be decoded; otherwise null.</param>
    /// <exception cref="KeyRefusedException">Says what the content looks like and the command that converts it.</exception>
    public static WrappingKey Parse(ReadOnlySpan<byte> content, string source, out string? warning) => throw new NotImplementedException();

    /// <summary>Reads a base64 key (<c>AZURE_STORAGE_ACCOUNT_ENCRYPTION_KEY</c>); padding is optional.</summary>
    /// <param name="base64">The text.</param>
    /// <param name="sha256">The base64 SHA-256 of the raw key that it must match, or null.</param>
    /// <param name="source">The name of the setting, for the error.</param>
    /// <param name="warning">A warning for the log when the key is weak; otherwise null.</param>
    /// <exception cref="KeyRefusedException">Not base64, not a key's length, or another hash.</exception>
    public static WrappingKey ParseBase64(ReadOnlySpan<char> base64, string? sha256, string source, out string? warning) => throw new NotImplementedException();

    /// <summary>Reads a key file with <see cref="Parse"/>; refuses a file longer than a key can be without reading it whole.</summary>
    /// <exception cref="KeyRefusedException">The file is missing, unreadable or holds no key.</exception>
    public static Task<(WrappingKey Key, string? Warning)> ReadFileAsync(string path, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The line <c>aeos-key-1:BASE64URL:NAME</c> in ASCII, without a newline. The caller wipes it.</summary>
    public static byte[] FormatLine(WrappingKey key) => throw new NotImplementedException();

    /// <summary>The base64 SHA-256 of the key, as <c>AZURE_STORAGE_ACCOUNT_ENCRYPTION_HASH</c> has it.</summary>
    public static string Hash(WrappingKey key) => throw new NotImplementedException();
}
