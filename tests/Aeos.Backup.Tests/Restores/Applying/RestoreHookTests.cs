using System.Text.Json.Nodes;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Restores.Applying;

/// <summary>What runs in restored pods is awaited before the restore ends.</summary>
public class RestoreHookTests
{
    [Theory]
    [InlineData(0, "Fail", "Completed", null)]
    [InlineData(1, "Continue", "PartiallyFailed", 1)]
    public async Task A_command_is_run_in_each_restored_pod_and_counted_and_a_failure_makes_the_restore_PartiallyFailed(int exitCode, string onError, string phase, int? failed)
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(new VeleroArchive().AddItem("pods", Manifests.Pod("web")).AddItem("pods", Manifests.Pod("done", labels: """{"a":"b"}""")).ToBytes());
        var commands = new System.Collections.Concurrent.ConcurrentQueue<string>();
        bench.Cluster.Exec = (call, _) =>
        {
            commands.Enqueue($"{call.Pod}: {string.Join(' ', call.Command)}");
            return Task.FromResult(exitCode);
        };

        var (document, outcome) = await bench.RestoreAsync(RestoreBench.Spec with
        {
            Hooks = new RestoreHooks
            {
                Resources =
                [
                    new RestoreResourceHookSpec
                    {
                        Name = "tell",
                        LabelSelector = new LabelSelector { MatchExpressions = [new LabelRequirement { Key = "a", Operator = "DoesNotExist" }] },
                        PostHooks = [new RestoreResourceHook { Exec = new ExecRestoreHook { Command = ["/bin/tell", "it"], OnError = onError } }],
                    },
                ],
            },
        });

        commands.ShouldBe(["web: /bin/tell it"]);
        document.Status.Phase.ShouldBe(phase);
        outcome.Errors.Count.ShouldBe(failed ?? 0);
        document.Status.HookStatus.ShouldBe(new HookStatus { HooksAttempted = 1, HooksFailed = failed });
        await using var content = await bench.Location.Store.OpenReadAsync(new RestoreKeys("again").Document, default);
        ((int)(await JsonNode.ParseAsync(content))!["status"]!["hookStatus"]!["hooksAttempted"]!).ShouldBe(1);
    }
}
