namespace Aeos.Backup.Backups;

/// <summary>The formats that an archive can be encrypted in.</summary>
public enum ArchiveEncryptionFormat
{
    /// <summary>A message, streamed and bound to its object's key (docs/message-format.md).</summary>
    Message,

    /// <summary>The proposal's: held in memory whole, up to 1 GiB, and bound to no name.</summary>
    AesGcm,
}
