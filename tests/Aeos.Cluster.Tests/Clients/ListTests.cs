using System.Text.Json.Nodes;
using Aeos.Cluster.Tests.Running;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Requests;

namespace Aeos.Cluster.Tests.Clients;

public class ListTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(500)]
    public async Task Pages_of_any_size_bring_each_object_once_and_in_order(int pageSize)
    {
        await using var room = await ClusterRoom.OpenAsync(pageSize);
        var ns = await room.CreateNamespaceAsync("lists");
        var names = Enumerable.Range(0, 30).Select(static number => $"map-{number:000}").ToList();
        await Parallel.ForEachAsync(names, async (name, _) => await room.CreateConfigMapAsync(ns, name, labels: """{"app":"x"}"""));

        var list = room.Client.List(WellKnownResources.ConfigMaps, new ListOptions { Namespace = ns, LabelSelector = "app=x" });
        (await list.ToListAsync()).Select(static item => item.Name).ShouldBe(names);
        list.Consistency.ShouldBe(ListConsistency.Snapshot);
        list.ResourceVersion.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task An_item_of_a_list_is_what_a_get_brings()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await room.DefineAsync("widgets", "Widget");
        var ns = await room.CreateNamespaceAsync("lists");
        await room.CreateConfigMapAsync(ns, "map");
        await room.CreateAsync($$$"""{"apiVersion":"{{{room.Group}}}/v1","kind":"Widget","metadata":{"name":"w","namespace":"{{{ns}}}"},"spec":{"a":[1.50,null,"é"]}}""");
        foreach (var (type, name) in new[] { (WellKnownResources.ConfigMaps, "map"), (await room.TypeAsync($"{room.Group}/v1", "Widget"), "w") })
        {
            var listed = (await room.Client.List(type, new ListOptions { Namespace = ns, FieldSelector = $"metadata.name={name}" }).ToListAsync()).ShouldHaveSingleItem();
            JsonNode.DeepEquals(listed.ToTree(), (await room.Client.GetAsync(type, ns, name)).ToTree()).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("app=x", "a b")]
    [InlineData("app!=x,app", "c")]
    [InlineData("app in (x,y)", "a b c")]
    [InlineData("app notin (x),mine", "c d")]
    [InlineData("tier", "b")]
    [InlineData("!tier,app", "a c")]
    public async Task Label_selectors_select(string selector, string expected)
    {
        await using var room = await ClusterRoom.OpenAsync();
        var ns = await room.CreateNamespaceAsync("lists");
        foreach (var (name, labels) in new[] { ("a", """{"app":"x"}"""), ("b", """{"app":"x","tier":"t"}"""), ("c", """{"app":"y","mine":""}"""), ("d", """{"mine":""}""") })
        {
            await room.CreateConfigMapAsync(ns, name, labels: labels);
        }

        var options = new ListOptions { Namespace = ns, LabelSelector = selector };
        var found = await room.Client.List(WellKnownResources.ConfigMaps, options).ToListAsync();
        string.Join(' ', found.Select(static item => item.Name)).ShouldBe(expected);
    }

    [Fact]
    public async Task All_namespaces_come_in_one_list()
    {
        await using var room = await ClusterRoom.OpenAsync(pageSize: 3);
        var (first, second) = (await room.CreateNamespaceAsync("a"), await room.CreateNamespaceAsync("b"));
        await room.CreateConfigMapAsync(first, room.Mark);
        await room.CreateConfigMapAsync(second, room.Mark);
        var found = await room.Client.List(WellKnownResources.ConfigMaps, new ListOptions { FieldSelector = $"metadata.name={room.Mark}" }).ToListAsync();
        found.Select(static item => item.Namespace).ShouldBe([first, second]);
    }
}
