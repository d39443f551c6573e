namespace Aeos.ObjectStore;

/// <summary>The store cannot hold an object under this key.</summary>
public sealed class ObjectKeyRefusedException(string key, string rule)
    : ObjectStoreException($"the key \"{key}\" cannot be stored: {rule}", "Use another name.")
{
    /// <summary>The key.</summary>
    public string Key { get; } = key;

    /// <summary>The rule that it breaks, in words.</summary>
    public string Rule { get; } = rule;
}
