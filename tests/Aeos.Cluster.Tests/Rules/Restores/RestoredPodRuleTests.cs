using System.Text.Json;
using System.Text.Json.Nodes;
using Aeos.Cluster.Tests.Archives;
using Aeos.Cluster.Tests.Running;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Rules.Restores;

/// <summary>What a pod loses on its way back, and the init containers that hooks give it.</summary>
public class RestoredPodRuleTests
{
    [Fact]
    public async Task The_token_volume_of_its_account_and_containers_of_earlier_restores_go_and_no_others_do()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = room.Cluster.Name("shop");
        await room.PutAsync(new ItemArchive()
            .Add("serviceaccounts", "v1", "ServiceAccount", shop, "runner", """ "secrets":[{"name":"mine"},{"name":"runner-token-1"},{"name":"runner-token-2"}]""")
            .Add("pods", "v1", "Pod", shop, "p", """
                "spec":{"serviceAccountName":"runner",
                 "volumes":[{"name":"runner-token-x1","secret":{"secretName":"runner-token-x1"}},{"name":"data","emptyDir":{}},{"name":"other-token-x2","emptyDir":{}}],
                 "containers":[{"name":"c","image":"example.org/web:1","volumeMounts":[{"name":"data","mountPath":"/data"},{"name":"runner-token-x1","mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}]}],
                 "initContainers":[{"name":"restore-wait","image":"example.org/wait:1"},{"name":"restic-wait","image":"example.org/wait:1"},
                  {"name":"own","image":"example.org/own:1","volumeMounts":[{"name":"runner-token-x1","mountPath":"/t"},{"name":"other-token-x2","mountPath":"/o"}]}]},"status":{"phase":"Running"}
                """));

        await room.RestoreCleanlyAsync();

        var pod = await room.GetAsync("v1", "Pod", shop, "p");
        pod.ToJsonString().ShouldNotContain("runner-token");
        Names(pod, "volumes").Take(2).ShouldBe(["data", "other-token-x2"]);
        Names(pod, "initContainers").ShouldBe(["own"]);
        Mounts(pod.At("spec", "containers", 0)).ShouldContain("data");
        Mounts(pod.At("spec", "initContainers", 0)).ShouldContain("other-token-x2");

        // Of several such tokens an account loses the last.
        ((JsonArray)(await room.GetAsync("v1", "ServiceAccount", shop, "runner"))["secrets"]!).Select(static one => $"{one.At("name")}").ShouldBe(["mine", "runner-token-1"]);

        static IEnumerable<string> Mounts(JsonNode? container) => ((JsonArray)container.At("volumeMounts")!).Select(static mount => $"{mount.At("name")}");
    }

    [Fact]
    public async Task What_it_needs_and_the_archive_lacks_is_a_warning()
    {
        await using var room = await RuleRoom.OpenAsync();
        var (shop, high) = (room.Cluster.Name("shop"), room.Cluster.Name("high"));
        await room.MakeAsync("scheduling.k8s.io/v1", "PriorityClass", null, high, "\"value\":7");
        await room.PutAsync(new ItemArchive().AddPod(shop, "p", $$$$""","priorityClassName":"{{{{high}}}}","volumes":[{"name":"d","persistentVolumeClaim":{"claimName":"gone"}}]"""));

        var outcome = await room.RestoreCleanlyAsync();

        outcome.Warnings.Namespaces[shop].ShouldHaveSingleItem().ShouldContain($"persistentvolumeclaims/{shop}/gone");
        outcome.Warnings.Cluster.ShouldHaveSingleItem().ShouldContain(high);
        room.Fates("v1/Pod").ShouldBe([$"{shop}/p(created)"]);
    }

    [Fact]
    public async Task The_specs_init_containers_come_in_order_before_its_own_where_their_group_selects_it()
    {
        await using var room = await RuleRoom.OpenAsync();
        var (shop, market) = (room.Cluster.Name("shop"), room.Cluster.Name("market"));

        var pod = await RestoreAsync(
            room, shop, market, "",
            Init("first", "second"),
            Init("target") with { IncludedNamespaces = [market] },
            Init("source") with { IncludedNamespaces = [shop] },
            Init("excluded") with { ExcludedNamespaces = [market] },
            Init("labelled") with { LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "db" } } },
            Init("otherwise") with { LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "web" } } },

            // Types are read by nothing, and so is a timeout: these hooks are for pods, and nothing waits for them.
            Init("types") with { IncludedResources = ["deployments"], ExcludedResources = ["pods"] },
            Specs.Restore("""
                {"hooks":{"resources":[{"name":"timed","postHooks":[{"init":{"timeout":"5m","initContainers":[{"name":"timed","image":"example.org/fill:1","command":["x"]}]}}]}]}}
                """).Hooks!.Resources![0]);

        Names(pod, "initContainers").ShouldBe(["first", "second", "target", "labelled", "types", "timed", "own"]);
        $"{pod.At("spec", "initContainers", 1, "volumeMounts", 0, "mountPath")}".ShouldBe("/data");
    }

    [Fact]
    public async Task Its_annotation_wins_over_the_spec_and_a_container_without_a_name_gets_one()
    {
        await using var room = await RuleRoom.OpenAsync();
        var (shop, market) = (room.Cluster.Name("shop"), room.Cluster.Name("market"));

        var pod = await RestoreAsync(room, shop, market, """ "init.hook.restore.velero.io/container-image":"example.org/fill:1" """, Init("first"));

        var names = Names(pod, "initContainers").ToList();
        names.Count.ShouldBe(2);
        names[0].ShouldMatch("^velero-restore-init-[0-9a-f]{8}$");
        names[1].ShouldBe("own");
        pod.At("spec", "initContainers", 0, "command").ShouldBeNull();
    }

    private static IEnumerable<string> Names(JsonObject pod, string list) => ((JsonArray)pod.At("spec", list)!).Select(static one => $"{one.At("name")}");

    private static RestoreResourceHookSpec Init(params string[] names) => new()
    {
        Name = "group",
        PostHooks =
        [
            new RestoreResourceHook
            {
                Init = new InitRestoreHook
                {
                    InitContainers =
                    [
                        .. names.Select(static name => JsonDocument.Parse(
                            $$$"""{"name":"{{{name}}}","image":"example.org/fill:1","command":["x"],"volumeMounts":[{"name":"data","mountPath":"/data"}]}""").RootElement),
                    ],
                },
            },
        ],
    };

    private static async Task<JsonObject> RestoreAsync(RuleRoom room, string shop, string market, string annotations, params RestoreResourceHookSpec[] groups)
    {
        await room.PutAsync(new ItemArchive().AddPod(
            shop, "db", ""","volumes":[{"name":"data","emptyDir":{}}],"initContainers":[{"name":"own","image":"example.org/own:1"}]""",
            $$$$""" "labels":{"app":"db"},"annotations":{ {{{{annotations}}}} } """));
        await room.RestoreCleanlyAsync(new RestoreSpec { Hooks = new RestoreHooks { Resources = groups }, NamespaceMapping = new Dictionary<string, string> { [shop] = market } });
        return await room.GetAsync("v1", "Pod", market, "db");
    }
}
