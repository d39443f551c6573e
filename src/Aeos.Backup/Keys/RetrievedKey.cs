using Aeos.Encryption.Keys;

namespace Aeos.Backup.Keys;

/// <summary>A key, and what is to be said of it.</summary>
/// <param name="Key">The key; whoever asked for it disposes it.</param>
/// <param name="Warning">A warning for the log when the key is weak or was meant to be decoded; otherwise null.</param>
public sealed record RetrievedKey(WrappingKey Key, string? Warning)
{
    /// <summary>Hands the warning over, if there is one, and gives the key.</summary>
    /// <param name="warn">Takes the warning; null: nobody.</param>
    public WrappingKey Take(Action<string>? warn)
    {
        if (Warning is not null)
        {
            warn?.Invoke(Warning);
        }

        return Key;
    }
}
