namespace Aeos.ObjectStore.Encrypted;

/// <summary>Which objects are encrypted when they are written, and must be messages when they are read.</summary>
public enum EncryptionScope
{
    /// <summary>Every object.</summary>
    All,

    /// <summary>The backups' archives alone: every key that ends in <c>.tar.gz</c>.</summary>
    Archive,
}
