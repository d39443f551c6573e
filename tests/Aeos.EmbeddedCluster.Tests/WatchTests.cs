using System.Net;

namespace Aeos.Embedded.Tests;

public sealed class WatchTests : ClusterTest
{
    private const string Maps = "/api/v1/namespaces/default/configmaps";

    private protected override EmbeddedClusterOptions Options => new() { WatchHistory = 50 };

    [Fact]
    public async Task A_watch_from_a_list_sees_all_that_follows()
    {
        await MakeConfigMap("before");
        var from = (await Get(Maps)).Text("metadata/resourceVersion");
        await MakeConfigMap("a");
        using var watch = await Open($"resourceVersion={from}");
        await watch.ShouldSend("ADDED", "a", Patience);
        await Patch(Maps + "/a", "merge-patch+json", """{"data":{"a":"2"}}""");
        await Delete(Maps + "/a");
        await watch.ShouldSend("MODIFIED", "a", Patience);
        var (type, last) = (await watch.Next(Patience))!.Value;
        type.ShouldBe("DELETED");
        last["kind"]!.ToString().ShouldBe("ConfigMap");
        last["data"]!["a"]!.ToString().ShouldBe("2");
        last["metadata"]!["resourceVersion"]!.ToString().ShouldBe((await Get(Maps)).Text("metadata/resourceVersion"));
    }

    [Fact]
    public async Task A_watch_without_a_version_begins_with_what_is_there()
    {
        await MakeConfigMap("a");
        using var watch = await Open("");
        await watch.ShouldSend("ADDED", "a", Patience);
        await watch.ShouldSend("ADDED", "kube-root-ca.crt", Patience);
        await MakeConfigMap("b");
        await watch.ShouldSend("ADDED", "b", Patience);
    }

    [Fact]
    public async Task What_begins_or_ceases_to_match_is_added_or_deleted()
    {
        await MakeConfigMap("a");
        using var watch = await Open("labelSelector=on=yes&resourceVersion=" + (await Get(Maps)).Text("metadata/resourceVersion"));
        await Patch(Maps + "/a", "merge-patch+json", """{"metadata":{"labels":{"on":"yes"}}}""");
        await watch.ShouldSend("ADDED", "a", Patience);
        await MakeConfigMap("unseen");
        await Patch(Maps + "/a", "merge-patch+json", """{"metadata":{"labels":{"on":"no"}}}""");
        await watch.ShouldSend("DELETED", "a", Patience);
    }

    [Fact]
    public async Task A_watch_from_too_long_ago_is_told_so_in_an_event()
    {
        var from = (await Get(Maps)).Text("metadata/resourceVersion");
        await MakeConfigMap("a");
        Cluster.Compact();
        using (var watch = await Open("resourceVersion=" + from))
        {
            await ShouldBeExpired(watch);
        }

        from = (await Get(Maps)).Text("metadata/resourceVersion");
        for (var i = 0; i < 60; i++)
        {
            await MakeConfigMap($"m{i}");
        }

        using var beyond = await Open("resourceVersion=" + from);
        await ShouldBeExpired(beyond);
    }

    [Fact]
    public async Task Bookmarks_come_to_those_who_want_them_and_a_watch_can_go_on_from_one()
    {
        using var watch = await Open("allowWatchBookmarks=true&resourceVersion=" + (await Get(Maps)).Text("metadata/resourceVersion"));
        await MakeNamespace("elsewhere");
        var now = (await Get(Maps)).Text("metadata/resourceVersion");
        Cluster.SendBookmarks();
        var (type, bookmark) = (await watch.Next(Patience))!.Value;
        type.ShouldBe("BOOKMARK");
        bookmark["kind"]!.ToString().ShouldBe("ConfigMap");
        bookmark["metadata"]!["resourceVersion"]!.ToString().ShouldBe(now);
        bookmark["metadata"]!.AsObject().ContainsKey("name").ShouldBeFalse();
        await MakeConfigMap("a");
        using var resumed = await Open("resourceVersion=" + now);
        await resumed.ShouldSend("ADDED", "a", Patience);
    }

    [Fact]
    public async Task A_watch_that_asks_for_the_state_first_is_told_where_it_ends()
    {
        using var watch = await Open("sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan");
        await watch.ShouldSend("ADDED", "kube-root-ca.crt", Patience);
        var (type, bookmark) = (await watch.Next(Patience))!.Value;
        type.ShouldBe("BOOKMARK");
        bookmark["metadata"]!["annotations"]!["k8s.io/initial-events-end"]!.ToString().ShouldBe("true");
    }

    [Fact]
    public async Task A_watch_ends_after_its_time_and_as_a_test_wants_it()
    {
        var from = (await Get(Maps)).Text("metadata/resourceVersion");
        using (var brief = await Open($"timeoutSeconds=1&resourceVersion={from}"))
        {
            (await brief.Next(Patience)).ShouldBeNull();
        }

        using var closed = await Open($"resourceVersion={from}");
        Cluster.EndWatches(WatchEnding.Closed);
        (await closed.Next(Patience)).ShouldBeNull();
        using var expired = await Open($"resourceVersion={from}");
        Cluster.EndWatches(WatchEnding.Expired);
        await ShouldBeExpired(expired);
        using var cut = await Open($"resourceVersion={from}");
        Cluster.EndWatches(WatchEnding.Cut);
        await Should.ThrowAsync<IOException>(async () => await cut.Next(Patience));
    }

    private async Task ShouldBeExpired(WatchStream watch)
    {
        var (type, status) = (await watch.Next(Patience))!.Value;
        type.ShouldBe("ERROR");
        status["code"]!.GetValue<int>().ShouldBe((int)HttpStatusCode.Gone);
        status["reason"]!.ToString().ShouldBe("Expired");
        (await watch.Next(Patience)).ShouldBeNull();
    }

    private Task<WatchStream> Open(string query) => WatchStream.Open(Http, $"{Maps}?watch=true&{query}", Patience);
}
