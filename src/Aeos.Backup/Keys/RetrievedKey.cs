using Aeos.Encryption.Keys;

namespace Aeos.Backup.Keys;

/// <summary>A key, and what is to be said of it.</summary>
/// <param name="Key">The key; whoever asked for it disposes it.</param>
/// <param name="Warning">A warning for the log when the key is weak or was meant to be decoded; otherwise null.</param>
public sealed record RetrievedKey(WrappingKey Key, string? Warning);
