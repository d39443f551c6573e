using System.Collections.Immutable;

namespace Aeos.Embedded.Storage;

/// <summary>Where a namespace's objects stand in the order of all: found by search, since they stand together.</summary>
internal static class ObjectRange
{
    public static (int Low, int High) Of(ImmutableSortedSet<StoredObject> items, string? ns) => ns is null
        ? (0, items.Count)
        : (From(items, ns + "/"), From(items, ns + "0")); // '0' is the character after '/'.

    /// <summary>The index of the first object whose key is not smaller.</summary>
    public static int From(ImmutableSortedSet<StoredObject> items, string key)
    {
        var index = items.IndexOf(StoredObject.Probe(key));
        return index >= 0 ? index : ~index;
    }
}
