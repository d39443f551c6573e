namespace Aeos.Velero.Resources;

/// <summary>
/// <c>status.encryption</c> of a Backup, as the proposal has it, and two fields more, <c>format</c> and <c>scope</c>. A hint for readers and never the truth: who can
/// write to the bucket can write this too, so the archive's own bytes decide.
/// </summary>
public sealed record EncryptionStatus
{
    /// <summary>The format of a message (docs/message-format.md).</summary>
    public const string MessageFormat = "message";

    /// <summary>The proposal's format, which an absent <see cref="Format"/> means.</summary>
    public const string AesGcmFormat = "aes-gcm";

    /// <summary>The scope of a backup whose every object but the document is encrypted.</summary>
    public const string AllScope = "all";

    /// <summary>Whether the archive was encrypted.</summary>
    public bool IsEncrypted { get; set; }

    /// <summary>Where the key was read from: <c>secret</c> or <c>file</c>.</summary>
    public string? KeyRetrieverType { get; set; }

    /// <summary>What a retriever of that type needs to find the key again.</summary>
    public IReadOnlyDictionary<string, string>? KeyRetrieverConfig { get; set; }

    /// <summary>The archive's format; null means <see cref="AesGcmFormat"/>.</summary>
    public string? Format { get; set; }

    /// <summary>What of the backup is encrypted: <see cref="AllScope"/>, or null for the archive alone.</summary>
    public string? Scope { get; set; }
}
