namespace Aeos.Backup.Spool;

/// <summary>Where an item's bytes are in the spool. Small: there is one for each object of the backup.</summary>
/// <param name="Offset">Where its ciphertext begins; what its nonce is made of: no two items begin at the same place.</param>
/// <param name="Length">Bytes of plaintext.</param>
internal readonly record struct SpooledItem(long Offset, int Length);
