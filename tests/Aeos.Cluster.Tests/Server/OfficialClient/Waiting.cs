namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary>Plays <c>--wait</c>: lists, watches, and takes note of what happens to one name until it has come to an end.</summary>
internal static class Waiting
{
    private static readonly string[] Ends = ["Completed", "PartiallyFailed", "Failed", "FailedValidation"];

    /// <param name="client">The client.</param>
    /// <param name="resource">The plural.</param>
    /// <param name="name">The name.</param>
    /// <param name="create">Sends the request; called as soon as the list is there.</param>
    /// <returns>What the watch saw at last.</returns>
    public static async Task<Answer> RunAsync(VeleroClient client, string resource, string name, Func<Task> create)
    {
        var list = await client.ListToWatchAsync(resource);
        await create();
        var version = list.Text("metadata", "resourceVersion")!;
        await foreach (var (type, item) in client.WatchAsync(resource, version, client.Patience))
        {
            // Only updates count for the client, not the coming of the object itself.
            if (type == "MODIFIED" && item.Name == name && Ends.Contains(item.Phase))
            {
                return item;
            }
        }

        throw new ShouldAssertException($"The watch ended before {name} did.");
    }
}
