using System.Text;

namespace Aeos.ObjectStore.Tests;

/// <summary>Whole objects and whole listings, for tests.</summary>
internal static class StoreExtensions
{
    public static Task PutAsync(this IObjectStore store, string key, string content) => store.PutAsync(key, Encoding.UTF8.GetBytes(content));

    public static async Task PutAsync(this IObjectStore store, string key, byte[] content)
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

    public static async Task<string> GetTextAsync(this IObjectStore store, string key) => Encoding.UTF8.GetString(await store.GetAsync(key));

    public static Task<List<string>> ListAsync(this IObjectStore store, string prefix = "") => CollectAsync(store.ListAsync(prefix, CancellationToken.None));

    public static Task<List<string>> PrefixesAsync(this IObjectStore store, string prefix = "", string delimiter = "/") =>
        CollectAsync(store.ListCommonPrefixesAsync(prefix, delimiter, CancellationToken.None));

    private static async Task<List<string>> CollectAsync(IAsyncEnumerable<string> texts)
    {
        List<string> all = [];
        await foreach (var text in texts)
        {
            all.Add(text);
        }

        return all;
    }
}
