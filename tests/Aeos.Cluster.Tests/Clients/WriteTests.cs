using System.Text;
using Aeos.Cluster.Tests.Running;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;

namespace Aeos.Cluster.Tests.Clients;

public class WriteTests
{
    private static readonly Kubernetes.Discovery.ApiResource Maps = WellKnownResources.ConfigMaps;

    private static readonly byte[] Web = Encoding.UTF8.GetBytes("""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":0,"selector":{"matchLabels":{"app":"web"}},
         "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"a","image":"example.org/a:1"},{"name":"b","image":"example.org/b:1"}]}}}}
        """);

    [Fact]
    public async Task Each_kind_of_patch_changes_what_it_names()
    {
        await using var room = await ClusterRoom.OpenAsync();
        var ns = await room.CreateNamespaceAsync("writes");
        await room.CreateConfigMapAsync(ns, "map");
        (await PatchAsync(PatchType.Merge, """{"data":{"m":"n"}}""")).ShouldBe("""{"k":"v","m":"n"}""");
        (await PatchAsync(PatchType.Merge, """{"data":{"k":null}}""")).ShouldBe("""{"m":"n"}""");
        (await PatchAsync(PatchType.Json, """[{"op":"test","path":"/data/m","value":"n"},{"op":"replace","path":"/data/m","value":"o"},{"op":"add","path":"/data/x.y","value":"z"}]""")).ShouldBe("""{"m":"o","x.y":"z"}""");
        (await Should.ThrowAsync<KubernetesApiException>(() => PatchAsync(PatchType.Json, """[{"op":"test","path":"/data/m","value":"other"}]"""))).IsInvalid.ShouldBeTrue();
        (await PatchAsync(PatchType.Strategic, """{"data":{"$patch":"replace","q":"r"}}""")).ShouldBe("""{"q":"r"}""");

        var deployments = await room.TypeAsync("apps/v1", "Deployment");
        await room.Client.CreateAsync(deployments, ns, new KubernetesObject(Web));
        var patched = await room.Client.PatchAsync(
            deployments, ns, "web", PatchType.Strategic, """{"spec":{"template":{"spec":{"containers":[{"name":"b","image":"example.org/b:2"}]}}}}"""u8.ToArray());
        var containers = patched.ToTree().At("spec", "template", "spec", "containers")!.AsArray();
        string.Join(' ', containers.Select(static one => $"{one.At("name")}={one.At("image")}").Order(StringComparer.Ordinal)).ShouldBe("a=example.org/a:1 b=example.org/b:2");

        async Task<string> PatchAsync(PatchType type, string patch)
            => (await room.Client.PatchAsync(Maps, ns, "map", type, Encoding.UTF8.GetBytes(patch))).ToTree()["data"]!.ToJsonString();
    }

    [Fact]
    public async Task Whoever_writes_on_an_old_state_conflicts()
    {
        await using var room = await ClusterRoom.OpenAsync();
        var ns = await room.CreateNamespaceAsync("writes");
        await room.CreateConfigMapAsync(ns, "map");
        var old = await room.Client.GetAsync(Maps, ns, "map");
        await room.Client.PatchAsync(Maps, ns, "map", PatchType.Merge, """{"data":{"k":"w"}}"""u8.ToArray());

        var changed = old.ToTree();
        changed["data"]!["k"] = "lost";
        (await Should.ThrowAsync<KubernetesApiException>(() => room.Client.UpdateAsync(Maps, ns, KubernetesObject.FromTree(changed)))).IsConflict.ShouldBeTrue();
        changed["metadata"]!.AsObject().Remove("resourceVersion");
        await room.Client.UpdateAsync(Maps, ns, KubernetesObject.FromTree(changed));
        $"{(await room.GetAsync("v1", "ConfigMap", ns, "map")).At("data", "k")}".ShouldBe("lost");

        var again = await Should.ThrowAsync<KubernetesApiException>(() => room.CreateConfigMapAsync(ns, "map"));
        (again.IsAlreadyExists, again.Code).ShouldBe((true, 409));
        (await Should.ThrowAsync<KubernetesApiException>(() => room.Client.DeleteAsync(Maps, ns, "map", new DeleteOptions { Uid = "another" }))).IsConflict.ShouldBeTrue();
        await room.Client.DeleteAsync(Maps, ns, "map", new DeleteOptions { Uid = old.Metadata.Uid });
        (await room.Client.TryGetAsync(Maps, ns, "map")).ShouldBeNull();
    }

    [Fact]
    public async Task The_server_makes_names_identities_and_times()
    {
        await using var room = await ClusterRoom.OpenAsync();
        var ns = await room.CreateNamespaceAsync("writes");
        var made = new List<KubernetesObject>();
        for (var i = 0; i < 3; i++)
        {
            made.Add(await room.CreateAsync($$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"made-","namespace":"{{{ns}}}"}}"""));
        }

        made.ShouldAllBe(static item => item.Name.StartsWith("made-", StringComparison.Ordinal) && item.Name.Length == "made-".Length + 5);
        made.Select(static item => item.Name).ShouldBeUnique();
        made.Select(static item => item.Metadata.Uid).ShouldBeUnique();
        made.ShouldAllBe(static item => item.Metadata.CreationTimestamp.EndsWith('Z') && item.Metadata.ResourceVersion.Length > 0);
    }

    [Fact]
    public async Task Status_is_written_apart_from_the_rest()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await room.DefineAsync("widgets", "Widget");
        var ns = await room.CreateNamespaceAsync("writes");
        var made = await room.CreateAsync($$$"""{"apiVersion":"{{{room.Group}}}/v1","kind":"Widget","metadata":{"name":"w","namespace":"{{{ns}}}"},"spec":{"size":1},"status":{"ready":true}}""");
        made.ToTree()["status"].ShouldBeNull();

        var type = await room.TypeAsync(made.ApiVersion, made.Kind);
        var tree = made.ToTree();
        tree["spec"]!["size"] = 2;
        tree["status"] = new System.Text.Json.Nodes.JsonObject { ["ready"] = true };
        var withStatus = (await room.Client.UpdateAsync(type, ns, KubernetesObject.FromTree(tree), new WriteOptions { Subresource = "status" })).ToTree();
        ($"{withStatus.At("spec", "size")}", $"{withStatus.At("status", "ready")}").ShouldBe(("1", "true"));

        var patched = (await room.Client.PatchAsync(type, ns, "w", PatchType.Merge, """{"spec":{"size":3},"status":null}"""u8.ToArray())).ToTree();
        ($"{patched.At("spec", "size")}", $"{patched.At("status", "ready")}").ShouldBe(("3", "true"));
        $"{patched.At("metadata", "generation")}".ShouldBe("2");
    }

    [Fact]
    public async Task A_dry_run_leaves_nothing()
    {
        await using var room = await ClusterRoom.OpenAsync();
        var ns = await room.CreateNamespaceAsync("writes");
        var map = new KubernetesObject("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"map"}}"""u8.ToArray());
        (await room.Client.CreateAsync(Maps, ns, map, new WriteOptions { DryRun = true })).Metadata.Uid.ShouldNotBeEmpty();
        (await room.Client.TryGetAsync(Maps, ns, "map")).ShouldBeNull();
    }

    [Fact]
    public async Task A_finalizer_keeps_an_object_until_it_is_taken_away()
    {
        await using var room = await ClusterRoom.OpenAsync();
        var ns = await room.CreateNamespaceAsync("writes");
        await room.CreateConfigMapAsync(ns, "map", finalizers: $"[\"{ClusterRoom.Finalizer}\"]");
        await room.Client.DeleteAsync(Maps, ns, "map");
        (await room.Client.GetAsync(Maps, ns, "map")).Metadata.IsBeingDeleted.ShouldBeTrue();
        await room.Client.PatchAsync(Maps, ns, "map", PatchType.Merge, """{"metadata":{"finalizers":null}}"""u8.ToArray());
        (await room.Client.TryGetAsync(Maps, ns, "map")).ShouldBeNull();
    }

    [Fact]
    public async Task A_selection_is_deleted_at_once()
    {
        await using var room = await ClusterRoom.OpenAsync();
        var ns = await room.CreateNamespaceAsync("writes");
        await room.CreateConfigMapAsync(ns, "a", labels: """{"app":"x"}""");
        await room.CreateConfigMapAsync(ns, "b", labels: """{"app":"x"}""");
        await room.CreateConfigMapAsync(ns, "c", labels: """{"app":"y"}""");
        await room.Client.DeleteCollectionAsync(Maps, new ListOptions { Namespace = ns, LabelSelector = "app=x" });
        var left = await room.Client.List(Maps, new ListOptions { Namespace = ns, LabelSelector = "app" }).ToListAsync();
        left.Select(static item => item.Name).ShouldBe(["c"]);
    }

    [Fact]
    public async Task Refusals_say_what_was_wrong()
    {
        await using var room = await ClusterRoom.OpenAsync();
        var ns = await room.CreateNamespaceAsync("writes");
        (await RefusedAsync(() => room.CreateConfigMapAsync(ns, "No_Name"))).IsInvalid.ShouldBeTrue();
        (await RefusedAsync(() => room.CreateConfigMapAsync(room.Name("nowhere"), "map"))).IsNotFound.ShouldBeTrue();
        (await RefusedAsync(() => room.Client.GetAsync(Maps, ns, "none"))).IsNotFound.ShouldBeTrue();
        (await RefusedAsync(() => room.Client.GetAsync(Maps with { Group = room.Group }, ns, "none"))).IsNotFound.ShouldBeTrue();
        var elsewhere = new KubernetesObject(Encoding.UTF8.GetBytes("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"map","namespace":"elsewhere"}}"""));
        (await RefusedAsync(() => room.Client.CreateAsync(Maps, ns, elsewhere))).IsBadRequest.ShouldBeTrue();

        await room.CreateConfigMapAsync(ns, "held", finalizers: $"[\"{ClusterRoom.Finalizer}\"]");
        await room.DeleteNamespaceAsync(ns, wait: false);
        var late = await RefusedAsync(() => room.CreateConfigMapAsync(ns, "late"));
        (late.IsForbidden, late.IsNamespaceTerminating).ShouldBe((true, true));
        $"{(await room.GetAsync("v1", "Namespace", null, ns)).At("status", "phase")}".ShouldBe("Terminating");
        await room.Client.PatchAsync(Maps, ns, "held", PatchType.Merge, """{"metadata":{"finalizers":null}}"""u8.ToArray());
        await room.UntilAsync(WellKnownResources.Namespaces, null, ns, static now => now is null);

        static Task<KubernetesApiException> RefusedAsync(Func<Task> write) => Should.ThrowAsync<KubernetesApiException>(write);
    }
}
