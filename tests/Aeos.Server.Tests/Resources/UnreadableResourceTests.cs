using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Lists;
using Aeos.Velero.Resources;

namespace Aeos.Server.Tests.Resources;

/// <summary>Resources that are not as their definition has them: a definition that is not enforced, or another version's.</summary>
public sealed class UnreadableResourceTests : IAsyncLifetime
{
    private static readonly ServerOptions Plain = new() { MetricsAddress = "", DownloadAddress = "", LeaderElection = false };

    private ServerBench _bench = null!;

    public async Task InitializeAsync() => _bench = await ServerBench.StartAsync();

    public Task DisposeAsync() => _bench.DisposeAsync().AsTask();

    [Theory]
    [InlineData("Backup", """{"includedNamespaces":"all"}""")]
    [InlineData("Restore", """{"backupName":["b"]}""")]
    public async Task One_is_told_of_by_an_Event_and_everything_else_goes_on(string kind, string spec)
    {
        await _bench.AddLocationAsync();
        var left = await _bench.AskAsync("left", new BackupSpec { StorageLocation = "default" });
        await _bench.Backups.PatchAsync(left, left with { Status = left.Status with { Phase = BackupPhase.InProgress } }, default);
        _bench.Cluster.Seed($$"""{"apiVersion":"velero.io/v1","kind":"{{kind}}","metadata":{"name":"broken","namespace":"{{ServerBench.Namespace}}"},"spec":{{spec}} }""");

        await _bench.ServeAsync(Plain);

        (await _bench.EndOfBackupAsync("left")).Status.Phase.ShouldBe(BackupPhase.Failed);
        await _bench.BackUpAsync("next", "default");
        var told = await EventsAsync();
        told.ShouldHaveSingleItem().ShouldContain($"the {kind} \"broken\" cannot be read");
    }

    private async Task<List<string>> EventsAsync()
    {
        var events = new ApiResource { Group = "", Version = "v1", Name = "events", Kind = "Event", Namespaced = true, Verbs = ["list"] };
        var messages = new List<string>();
        await foreach (var item in _bench.Client.List(events, new ListOptions { Namespace = ServerBench.Namespace }))
        {
            var tree = item.ToTree();
            if ((string?)tree["reason"] == "Unreadable")
            {
                messages.Add((string)tree["message"]!);
            }
        }

        return messages;
    }
}
