namespace Aeos.Embedded.Storage;

internal sealed class KeyOrder : IComparer<StoredObject>
{
    public static KeyOrder Instance { get; } = new();

    public int Compare(StoredObject? x, StoredObject? y) => string.CompareOrdinal(x!.Key, y!.Key);
}
