using Aeos.Cluster.Tests.Running;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Requests;
using Aeos.Kubernetes.Watches;

namespace Aeos.Cluster.Tests.Clients;

public class WatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_watch_tells_what_comes_changes_and_goes()
    {
        await using var room = await ClusterRoom.OpenAsync();
        var ns = await room.CreateNamespaceAsync("watch");
        await room.CreateConfigMapAsync(ns, "a", labels: """{"app":"x"}""");
        var list = room.Client.List(WellKnownResources.ConfigMaps, new ListOptions { Namespace = ns });
        await list.ToListAsync();
        using var clock = new CancellationTokenSource(Patience);
        var options = new WatchOptions { Namespace = ns, LabelSelector = "app=x", ResourceVersion = list.ResourceVersion };
        var events = room.Client.WatchAsync(WellKnownResources.ConfigMaps, options, clock.Token).GetAsyncEnumerator(clock.Token);
        await using (events)
        {
            await room.CreateConfigMapAsync(ns, "unseen");
            await room.CreateConfigMapAsync(ns, "b", labels: """{"app":"x"}""");
            (await NextAsync()).ShouldBe((WatchEventType.Added, "b"));
            await room.Client.PatchAsync(WellKnownResources.ConfigMaps, ns, "a", PatchType.Merge, """{"data":{"k":"w"}}"""u8.ToArray());
            (await NextAsync()).ShouldBe((WatchEventType.Modified, "a"));

            // What no longer matches the selector is gone for this watch.
            await room.Client.PatchAsync(WellKnownResources.ConfigMaps, ns, "b", PatchType.Merge, """{"metadata":{"labels":{"app":"y"}}}"""u8.ToArray());
            (await NextAsync()).ShouldBe((WatchEventType.Deleted, "b"));
            await room.Client.DeleteAsync(WellKnownResources.ConfigMaps, ns, "a");
            (await NextAsync()).ShouldBe((WatchEventType.Deleted, "a"));
        }

        async Task<(WatchEventType, string)> NextAsync()
        {
            do
            {
                (await events.MoveNextAsync()).ShouldBeTrue();
            }
            while (events.Current.Type is WatchEventType.Bookmark);
            return (events.Current.Type, events.Current.Item.Name);
        }
    }

    [Fact]
    public async Task A_watch_from_a_list_misses_nothing_and_repeats_nothing()
    {
        await using var room = await ClusterRoom.OpenAsync();
        var ns = await room.CreateNamespaceAsync("watch");
        await room.CreateConfigMapAsync(ns, "before");
        var list = room.Client.List(WellKnownResources.ConfigMaps, new ListOptions { Namespace = ns });
        await list.ToListAsync();
        var names = Enumerable.Range(0, 20).Select(static number => $"after-{number:00}").ToList();
        foreach (var name in names)
        {
            await room.CreateConfigMapAsync(ns, name);
        }

        using var clock = new CancellationTokenSource(Patience);
        var seen = new List<string>();
        await foreach (var change in room.Client.WatchAsync(
            WellKnownResources.ConfigMaps, new WatchOptions { Namespace = ns, ResourceVersion = list.ResourceVersion }, clock.Token))
        {
            if (change.Type is WatchEventType.Added)
            {
                seen.Add(change.Item.Name);
            }

            if (seen.Count == names.Count)
            {
                break;
            }
        }

        seen.ShouldBe(names);
    }

    [Fact]
    public async Task A_version_that_the_server_forgot_asks_for_a_new_list()
    {
        await using var room = await ClusterRoom.OpenAsync();
        var ns = await room.CreateNamespaceAsync("watch");
        var list = room.Client.List(WellKnownResources.ConfigMaps, new ListOptions { Namespace = ns });
        await list.ToListAsync();
        await room.CreateConfigMapAsync(ns, "later");
        var forgotten = room.Forget(list.ResourceVersion);
        using var clock = new CancellationTokenSource(Patience);
        var events = room.Client.WatchAsync(WellKnownResources.ConfigMaps, new WatchOptions { Namespace = ns, ResourceVersion = forgotten }, clock.Token);
        await foreach (var change in events)
        {
            // A real server that was started on an empty store remembers everything, and tells it.
            change.Type.ShouldBeOneOf(ClusterRoom.IsReal ? [WatchEventType.RelistRequired, WatchEventType.Added] : [WatchEventType.RelistRequired]);
            return;
        }

        Assert.Fail("The watch ended without a word.");
    }
}
