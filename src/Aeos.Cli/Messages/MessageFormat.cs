namespace Aeos.Cli.Messages;

/// <summary>The formats that <c>aeos encrypt</c> writes and <c>aeos decrypt</c> reads.</summary>
internal enum MessageFormat
{
    /// <summary>AWS Encryption SDK messages.</summary>
    Message,

    /// <summary>The proposal's: nonce, ciphertext and tag, in memory.</summary>
    AesGcm,
}
