namespace Aeos.ObjectStore.Azure.Tests;

/// <summary>Whole objects in one call.</summary>
internal static class StoreUse
{
    public static async Task PutAsync(this IObjectStore store, string key, ReadOnlyMemory<byte> content)
    {
        await using var writer = await store.CreateAsync(key, CancellationToken.None);
        await writer.WriteAsync(content);
        await writer.CommitAsync(CancellationToken.None);
    }

    public static async Task<byte[]> GetAsync(this IObjectStore store, string key)
    {
        await using var reader = await store.OpenReadAsync(key, CancellationToken.None);
        using var content = new MemoryStream();
        await reader.CopyToAsync(content);
        return content.ToArray();
    }

    public static async Task<List<string>> ListAllAsync(this IObjectStore store, string prefix = "")
    {
        List<string> keys = [];
        await foreach (var key in store.ListAsync(prefix, CancellationToken.None))
        {
            keys.Add(key);
        }

        return keys;
    }
}
