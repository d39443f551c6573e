namespace Aeos.Backup.Spool;

/// <summary>Where an item's bytes are in the spool. Small: there is one for each object of the backup.</summary>
/// <param name="Offset">Where its ciphertext begins.</param>
/// <param name="Length">Bytes of plaintext.</param>
/// <param name="Number">Its number in the order of writing: what its nonce is made of.</param>
internal readonly record struct SpooledItem(long Offset, int Length, uint Number);
