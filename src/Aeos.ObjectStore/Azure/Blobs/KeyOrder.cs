using System.Runtime.CompilerServices;

namespace Aeos.ObjectStore.Azure.Blobs;

/// <summary>
/// Brings a listing into the order of the keys' UTF-8 bytes. A service that compares UTF-16, as Azurite does, puts characters beyond the basic plane
/// before U+E000 to U+FFFF; all other keys have the same order in both. So a listing streams until the first key with
/// such a character, and is collected and sorted from there on: names that Kubernetes allows never come to that.
/// </summary>
internal static class KeyOrder
{
    /// <summary>The same keys in the order of their UTF-8 bytes, without neighbours that are equal.</summary>
    public static async IAsyncEnumerable<string> ByBytesAsync(
        IAsyncEnumerable<string> keys, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? last = null;
        List<string> rest = [];
        await foreach (var key in keys.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (rest.Count > 0 || key.AsSpan().IndexOfAnyInRange('\uD800', '\uFFFF') >= 0)
            {
                rest.Add(key);
            }
            else if (key != last)
            {
                yield return key;
                last = key;
            }
        }

        rest.Sort(Utf8Order.Instance);
        foreach (var key in rest)
        {
            if (key != last)
            {
                yield return key;
                last = key;
            }
        }
    }
}
