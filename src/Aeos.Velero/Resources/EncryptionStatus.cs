namespace Aeos.Velero.Resources;

/// <summary>
/// <c>status.encryption</c> of a Backup, as the proposal has it, and one field more, <c>format</c>. A hint for readers and never the truth: who can
/// write to the bucket can write this too, so the archive's own bytes decide.
/// </summary>
public sealed record EncryptionStatus
{
    /// <summary>The format of a message (docs/message-format.md).</summary>
    public const string MessageFormat = "message";

    /// <summary>The proposal's format, which an absent <see cref="Format"/> means.</summary>
    public const string AesGcmFormat = "aes-gcm";

    /// <summary>Whether the archive was encrypted.</summary>
    public bool IsEncrypted { get; set; }

    /// <summary>Where the key was read from: <c>secret</c> or <c>file</c>.</summary>
    public string? KeyRetrieverType { get; set; }

    /// <summary>What a retriever of that type needs to find the key again.</summary>
    public IReadOnlyDictionary<string, string>? KeyRetrieverConfig { get; set; }

    /// <summary>The archive's format; null means <see cref="AesGcmFormat"/>.</summary>
    public string? Format { get; set; }
}
