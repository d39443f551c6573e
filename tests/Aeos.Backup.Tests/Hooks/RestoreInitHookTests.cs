using System.Text.Json;
using System.Text.Json.Nodes;
using Aeos.Backup.Tests.Restores;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Hooks;

public class RestoreInitHookTests
{
    [Fact]
    public async Task The_annotations_container_comes_before_the_pods_own()
    {
        var containers = await RestoreAsync("""
            "init.hook.restore.velero.io/container-image":"alpine","init.hook.restore.velero.io/container-name":"prepare",
            "init.hook.restore.velero.io/command":"[\"/bin/ash\",\"-c\",\"date\"]"
            """);
        Names(containers).ShouldBe(["prepare", "own"]);
        ((string?)containers[0]!["image"]).ShouldBe("alpine");
        containers[0]!["command"]!.AsArray().Select(static part => (string?)part).ShouldBe(["/bin/ash", "-c", "date"]);
    }

    [Fact]
    public async Task Without_a_name_it_gets_one_and_without_a_command_its_image_decides()
    {
        var containers = await RestoreAsync(""" "init.hook.restore.velero.io/container-image":"alpine" """);
        Names(containers)[0].ShouldMatch("^velero-restore-init-[0-9a-f]{8}$");
        containers[0]!.AsObject().ContainsKey("command").ShouldBeFalse();
    }

    [Fact]
    public async Task The_specs_containers_come_in_order_and_as_they_were_written()
    {
        var containers = await RestoreAsync("", Init("first", "second"), Init("third"));
        Names(containers).ShouldBe(["first", "second", "third", "own"]);
        ((string?)containers[1]!["volumeMounts"]![0]!["mountPath"]).ShouldBe("/data");
    }

    [Fact]
    public async Task A_pod_with_the_annotation_gets_none_of_the_specs_containers()
    {
        var containers = await RestoreAsync(
            """ "init.hook.restore.velero.io/container-image":"alpine","init.hook.restore.velero.io/container-name":"mine" """, Init("first"));
        Names(containers).ShouldBe(["mine", "own"]);
    }

    [Fact]
    public async Task The_namespace_that_is_restored_into_and_the_labels_of_the_backup_select()
    {
        var containers = await RestoreAsync(
            "",
            Init("target") with { IncludedNamespaces = ["market"] },
            Init("source") with { IncludedNamespaces = ["shop"] },
            Init("labelled") with { LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "db" } } },
            Init("otherwise") with { LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "web" } } });
        Names(containers).ShouldBe(["target", "labelled", "own"]);
    }

    [Fact]
    public async Task A_container_that_waits_for_data_stays_in_front()
    {
        var pod = (JsonObject)JsonNode.Parse("""{"metadata":{"name":"db","namespace":"shop"},"spec":{"initContainers":[{"name":"restore-wait"},{"name":"own"}]}}""")!;
        await new Aeos.Backup.Hooks.RestoreInitHooks(new Aeos.Backup.Hooks.RestoreHookPlan(new RestoreHooks { Resources = [Init("mine")] }), new Dictionary<string, string>())
            .ApplyAsync(pod, default);
        Names((JsonArray)pod["spec"]!["initContainers"]!).ShouldBe(["restore-wait", "mine", "own"]);
    }

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
                            $$$"""{"name":"{{{name}}}","image":"alpine","command":["x"],"volumeMounts":[{"name":"data","mountPath":"/data"}]}""").RootElement),
                    ],
                },
            },
        ],
    };

    private static List<string> Names(JsonArray containers) => [.. containers.Select(static container => (string)container!["name"]!)];

    private static async Task<JsonArray> RestoreAsync(string annotations, params RestoreResourceHookSpec[] groups)
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(new VeleroArchive().AddItem(
            "pods",
            $$$$"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"db","namespace":"shop","labels":{"app":"db"},"annotations":{ {{{{annotations}}}} } },
             "spec":{"volumes":[{"name":"data","emptyDir":{}}],"initContainers":[{"name":"own","image":"i"}],"containers":[{"name":"main","image":"i"}]} }
            """).ToBytes());
        var (_, outcome) = await bench.RestoreAsync(RestoreBench.Spec with
        {
            Hooks = new RestoreHooks { Resources = groups },
            NamespaceMapping = new Dictionary<string, string> { ["shop"] = "market" },
        });
        outcome.Errors.Count.ShouldBe(0);
        return (JsonArray)bench.Cluster.Find("v1", "Pod", "market", "db")!["spec"]!["initContainers"]!;
    }
}
