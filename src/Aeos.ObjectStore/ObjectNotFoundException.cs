namespace Aeos.ObjectStore;

/// <summary>
/// The store said that there is no such object. Its text holds the words "not found": Velero decides by them that an object is gone.
/// </summary>
public sealed class ObjectNotFoundException(string key, string where, Exception? innerException = null)
    : ObjectStoreException($"object \"{key}\" not found in {where}", "List what is there, and check the key, the bucket and the prefix.", innerException)
{
    /// <summary>The key that was asked for.</summary>
    public string Key { get; } = key;

    /// <summary>The place that was searched, in words.</summary>
    public string Where { get; } = where;
}
