using Aeos.Cluster.Tests.Running;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Rules;

/// <summary>Hooks in pods that no node runs: they fail on any cluster.</summary>
public class HookTests
{
    [Fact]
    public async Task A_command_that_fails_leaves_its_pod_out_with_Fail_and_in_with_Continue_and_a_pod_that_is_done_runs_none()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        const string Spec = $$""" "spec":{{{RuleRoom.Containers}}}""";
        foreach (var (name, onError) in new[] { ("goes-on", "Continue"), ("fails", "Fail"), ("done", "Fail") })
        {
            await room.MakeAsync("v1", "Pod", shop, name, Spec, $$$""" "annotations":{"pre.hook.backup.velero.io/command":"[\"true\"]","pre.hook.backup.velero.io/on-error":"{{{onError}}}"}""");
        }

        await room.MakeAsync("v1", "Pod", shop, "selected", Spec, """ "labels":{"hooked":"yes"}""");
        await room.MakeAsync("v1", "Pod", shop, "plain", Spec);
        await Completion.FinishPodAsync(room.Cluster, shop, "done");

        var outcome = await room.BackUpAsync(new BackupSpec
        {
            IncludedNamespaces = [shop],
            Hooks = new BackupHooks
            {
                Resources =
                [
                    new BackupResourceHookSpec
                    {
                        Name = "freeze",
                        LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["hooked"] = "yes" } },
                        PreHooks = [new BackupResourceHook { Exec = new ExecHook { Command = ["true"], OnError = "Fail" } }],
                    },
                ],
            },
        });

        room.Bucket.Items("nightly").Keys.Where(static key => key.StartsWith("pods/", StringComparison.Ordinal)).ShouldBe([$"pods/{shop}/done", $"pods/{shop}/goes-on", $"pods/{shop}/plain"]);
        (outcome.Document.Status.Phase, outcome.Document.Status.HookStatus?.HooksAttempted, outcome.Document.Status.HookStatus?.HooksFailed).ShouldBe(("PartiallyFailed", 4, 3));
        Bucket.Messages(outcome.Results.Errors).Count(message => message.Contains("goes-on", StringComparison.Ordinal)).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_restored_pod_gets_the_init_container_of_its_annotation_before_its_own()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await room.MakeAsync("v1", "Pod", shop, "p", $$$$""" "spec":{{{{{RuleRoom.Containers}}}},"initContainers":[{"name":"own","image":"example.org/own:1"}]}""", """
            "annotations":{"init.hook.restore.velero.io/container-image":"example.org/fill:1","init.hook.restore.velero.io/container-name":"fill","init.hook.restore.velero.io/command":"[\"fill\",\"all\"]"}
            """);
        await room.BackUpAsync(shop);
        await room.Cluster.DeleteNamespaceAsync(shop);

        await room.RestoreCleanlyAsync();

        var pod = await room.GetAsync("v1", "Pod", shop, "p");
        ($"{pod.At("spec", "initContainers", 0, "name")}", $"{pod.At("spec", "initContainers", 0, "command", 1)}", $"{pod.At("spec", "initContainers", 1, "name")}").ShouldBe(("fill", "all", "own"));
    }

    [Fact]
    public async Task A_command_in_a_restored_pod_whose_container_does_not_run_in_time_is_an_error()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await room.MakeAsync("v1", "Pod", shop, "p", $$""" "spec":{{{RuleRoom.Containers}}}""", """
            "annotations":{"post.hook.restore.velero.io/command":"[\"check\"]","post.hook.restore.velero.io/container":"c","post.hook.restore.velero.io/wait-timeout":"1s"}
            """);
        await room.BackUpAsync(shop);
        await room.Cluster.DeleteNamespaceAsync(shop);

        var (document, outcome) = await room.RestoreAsync();

        (document.Status.Phase, document.Status.HookStatus?.HooksAttempted, document.Status.HookStatus?.HooksFailed).ShouldBe(("PartiallyFailed", 1, 1));
        outcome.Errors.Namespaces.Keys.ShouldBe([shop]);
        (await room.FindAsync("v1", "Pod", shop, "p")).ShouldNotBeNull();
    }
}
