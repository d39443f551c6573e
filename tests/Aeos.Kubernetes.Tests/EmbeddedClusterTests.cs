using System.Text;
using System.Text.Json.Nodes;
using Aeos.Embedded;
using Aeos.Kubernetes.Configuration;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Exec;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;
using Aeos.Kubernetes.Tests.Fixtures;
using Aeos.Kubernetes.Watches;

namespace Aeos.Kubernetes.Tests;

/// <summary>The client against the embedded cluster: both were written from Kubernetes' documents, not from one another.</summary>
public sealed class EmbeddedClusterTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private KubernetesClient Connect(EmbeddedCluster cluster, KubernetesClientOptions? options = null)
        => new(ClusterConnection.Find(new ConnectionOptions { Kubeconfig = _folder.Write("config", cluster.Kubeconfig) }), options ?? new KubernetesClientOptions { Qps = 0 });

    private static KubernetesObject Object(string json) => new(Encoding.UTF8.GetBytes(json));

    private static KubernetesObject ConfigMap(string name) => Object($$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}","labels":{"app":"x"}},"data":{"k":"v"}}""");

    private static async Task<List<KubernetesObject>> AllAsync(ResourceList list)
    {
        var items = new List<KubernetesObject>();
        await foreach (var item in list)
        {
            items.Add(item);
        }

        return items;
    }

    [Theory]
    [InlineData(false, null, false)]
    [InlineData(true, null, false)]
    [InlineData(true, "secret-token", false)]
    [InlineData(true, null, true)]
    public async Task Its_kubeconfig_leads_to_it(bool tls, string? token, bool certificates)
    {
        await using var cluster = await EmbeddedCluster.StartAsync(new EmbeddedClusterOptions { Tls = tls, BearerToken = token, ClientCertificates = certificates });
        using var client = Connect(cluster);
        (await client.GetVersionAsync()).GitVersion.ShouldStartWith("v1.");
        (await client.GetAsync(WellKnownResources.Namespaces, null, "default")).Kind.ShouldBe("Namespace");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Both_forms_of_discovery_say_the_same(bool aggregated)
    {
        await using var cluster = await EmbeddedCluster.StartAsync(new EmbeddedClusterOptions { AggregatedDiscovery = aggregated });
        using var client = Connect(cluster);
        cluster.BreakGroup("metrics.k8s.io");
        var catalog = await client.DiscoverAsync();
        catalog.Find("deploy")!.ToString().ShouldBe("apps/v1/deployments");
        catalog.Find("secrets")!.ToString().ShouldBe("v1/secrets");
        catalog.Find("crd")!.GroupResource.ShouldBe("customresourcedefinitions.apiextensions.k8s.io");
        catalog.Find("pods")!.Has("status").ShouldBeTrue();
        catalog.Warnings.Single().GroupVersion.ShouldBe("metrics.k8s.io/v1beta1");
        catalog.PreferredResources.Select(resource => resource.GroupResource).ShouldBeUnique();
    }

    [Fact]
    public async Task Objects_are_created_changed_listed_and_deleted()
    {
        await using var cluster = await EmbeddedCluster.StartAsync();
        using var client = Connect(cluster);
        var maps = WellKnownResources.ConfigMaps;
        await client.CreateAsync(WellKnownResources.Namespaces, null, Object("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}"""));
        var created = await client.CreateAsync(maps, "shop", ConfigMap("a"));
        created.Metadata.Uid.ShouldNotBeEmpty();
        (await Should.ThrowAsync<KubernetesApiException>(() => client.CreateAsync(maps, "shop", ConfigMap("a")))).IsAlreadyExists.ShouldBeTrue();

        var tree = created.ToTree();
        tree["data"]!["k"] = "w";
        await client.UpdateAsync(maps, "shop", KubernetesObject.FromTree(tree));
        (await Should.ThrowAsync<KubernetesApiException>(() => client.UpdateAsync(maps, "shop", KubernetesObject.FromTree(tree)))).IsConflict.ShouldBeTrue();
        var patched = await client.PatchAsync(maps, "shop", "a", PatchType.Merge, """{"data":{"m":"n"}}"""u8.ToArray());
        patched.ToTree()["data"]!.ToJsonString().ShouldBe("""{"k":"w","m":"n"}""");
        await client.PatchAsync(maps, "shop", "a", PatchType.Json, """[{"op":"remove","path":"/data/m"}]"""u8.ToArray());

        var listed = (await AllAsync(client.List(maps, new ListOptions { Namespace = "shop", LabelSelector = "app=x" }))).Single();
        var got = await client.GetAsync(maps, "shop", "a");
        JsonNode.DeepEquals(listed.ToTree(), got.ToTree()).ShouldBeTrue();

        await Should.ThrowAsync<KubernetesApiException>(() => client.DeleteAsync(maps, "shop", "a", new DeleteOptions { Uid = "another" }));
        await client.DeleteAsync(maps, "shop", "a", new DeleteOptions { Uid = created.Metadata.Uid });
        (await client.TryGetAsync(maps, "shop", "a")).ShouldBeNull();
        await client.CreateAsync(maps, "shop", ConfigMap("b"));
        await client.DeleteCollectionAsync(maps, new ListOptions { Namespace = "shop", LabelSelector = "app=x" });
        (await client.TryGetAsync(maps, "shop", "b")).ShouldBeNull();
    }

    [Fact]
    public async Task Long_lists_come_in_pages_and_outlive_a_compaction()
    {
        await using var cluster = await EmbeddedCluster.StartAsync();
        using var client = Connect(cluster, new KubernetesClientOptions { PageSize = 10, Qps = 0 });
        var names = Enumerable.Range(0, 95).Select(number => $"map-{number:000}").ToList();
        foreach (var name in names)
        {
            await client.CreateAsync(WellKnownResources.ConfigMaps, "default", ConfigMap(name));
        }

        var list = client.List(WellKnownResources.ConfigMaps, new ListOptions { Namespace = "default", LabelSelector = "app=x" });
        var seen = new List<string>();
        await foreach (var item in list)
        {
            if (seen.Count == 35)
            {
                cluster.Compact();
            }

            item.Kind.ShouldBe("ConfigMap");
            seen.Add(item.Name);
        }

        seen.ShouldBe(names);
        list.Consistency.ShouldBe(ListConsistency.Mixed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(700)]
    [InlineData(1500)]
    public async Task Lists_whose_answers_are_cut_come_whole(int bytes)
    {
        await using var cluster = await EmbeddedCluster.StartAsync();
        using var client = Connect(cluster, new KubernetesClientOptions { PageSize = 10, Qps = 0, Time = new ManualTime { JumpsToTimers = TimeSpan.FromSeconds(100) } });
        var names = Enumerable.Range(0, 45).Select(number => $"map-{number:000}").ToList();
        foreach (var name in names)
        {
            await client.CreateAsync(WellKnownResources.ConfigMaps, "default", ConfigMap(name));
        }

        var turns = 0;
        cluster.BeforeRequest = _ => Interlocked.Increment(ref turns) % 3 == 0 ? null : Fault.Cut(bytes);
        var list = client.List(WellKnownResources.ConfigMaps, new ListOptions { Namespace = "default", LabelSelector = "app=x" });
        (await AllAsync(list)).Select(item => item.Name).ShouldBe(names);
        list.Consistency.ShouldBe(ListConsistency.Snapshot);
    }

    [Fact]
    public async Task A_busy_cluster_is_waited_for()
    {
        await using var cluster = await EmbeddedCluster.StartAsync();
        var time = new ManualTime { JumpsToTimers = TimeSpan.FromSeconds(100) };
        using var client = Connect(cluster, new KubernetesClientOptions { Qps = 0, Time = time });
        var turns = 0;
        cluster.BeforeRequest = _ => Interlocked.Increment(ref turns) < 5 ? Fault.TooManyRequests(3) : null;
        await client.CreateAsync(WellKnownResources.ConfigMaps, "default", ConfigMap("a"));
        time.Waits.ShouldBe(Enumerable.Repeat(TimeSpan.FromSeconds(3), 4));
    }

    [Fact]
    public async Task A_watch_outlives_its_connections_and_ends_with_a_relist()
    {
        await using var cluster = await EmbeddedCluster.StartAsync();
        using var client = Connect(cluster, new KubernetesClientOptions { Qps = 0, Time = new ManualTime { JumpsToTimers = TimeSpan.FromSeconds(100) } });
        var maps = WellKnownResources.ConfigMaps;
        var list = client.List(maps, new ListOptions { Namespace = "default" });
        await AllAsync(list);
        await client.CreateAsync(maps, "default", ConfigMap("a"));
        await using var events = client.WatchAsync(maps, new WatchOptions { Namespace = "default", ResourceVersion = list.ResourceVersion }).GetAsyncEnumerator();

        (await NextAsync(events)).ShouldBe("Added a");
        cluster.EndWatches(WatchEnding.Cut);
        await client.DeleteAsync(maps, "default", "a");
        (await NextAsync(events)).ShouldBe("Deleted a");
        var next = NextAsync(events);
        for (var number = 0; number < 5; number++)
        {
            await client.CreateAsync(maps, "default", ConfigMap($"b{number}"));
        }

        (await next).ShouldBe("Added b0");
        await NextUntilAsync(events, "Added b4");
        var last = NextAsync(events);
        cluster.EndWatches(WatchEnding.Expired);
        (await last).ShouldBe("RelistRequired");
    }

    [Fact]
    public async Task Commands_run_in_its_pods()
    {
        await using var cluster = await EmbeddedCluster.StartAsync();
        using var client = Connect(cluster);
        cluster.Seed("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"db-0","namespace":"default"},"spec":{"containers":[{"name":"db","image":"x"}]},"status":{"phase":"Running"}}""");
        cluster.Exec = async (call, cancellationToken) =>
        {
            await call.Stdout.WriteAsync(Encoding.UTF8.GetBytes(string.Join('|', call.Command)), cancellationToken);
            return 7;
        };
        using var output = new MemoryStream();
        (await client.ExecAsync("default", "db-0", new PodExecOptions { Command = ["freeze", "a b"], StandardOutput = output })).ShouldBe(7);
        Encoding.UTF8.GetString(output.ToArray()).ShouldBe("freeze|a b");
    }

    private static async Task NextUntilAsync(IAsyncEnumerator<WatchEvent> events, string wanted)
    {
        while (await NextAsync(events) != wanted)
        {
        }
    }

    private static async Task<string> NextAsync(IAsyncEnumerator<WatchEvent> events)
    {
        while (await events.MoveNextAsync())
        {
            if (events.Current.Type != WatchEventType.Bookmark)
            {
                return $"{events.Current.Type} {events.Current.Item.Name}".Trim();
            }
        }

        return "the end";
    }
}
