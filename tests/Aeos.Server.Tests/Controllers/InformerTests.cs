using Aeos.Embedded;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Configuration;
using Aeos.Server.Controllers;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aeos.Server.Tests.Controllers;

public sealed class InformerTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(WatchEnding.Cut)]
    [InlineData(WatchEnding.Expired)]
    public async Task It_shows_what_there_is_and_what_changes_however_its_watch_ends(WatchEnding? ending)
    {
        await using var cluster = await EmbeddedCluster.StartAsync();
        cluster.Seed(SampleDefinition.Backups);
        await cluster.SettleAsync();
        using var client = new KubernetesClient(ClusterConnection.ForServer(cluster.Address));
        var backups = new ResourceClient<BackupDocument>(client, VeleroTypes.Backups, "default");
        await backups.CreateAsync(Backup("early"), default);
        using var stop = new CancellationTokenSource();
        var informer = new Informer<BackupDocument>(client, backups, TimeProvider.System, NullLogger.Instance);
        var running = informer.RunAsync(stop.Token);
        await informer.Synced;
        informer.Find("early").ShouldNotBeNull();

        if (ending is { } how)
        {
            cluster.EndWatches(how);
        }

        var late = await backups.CreateAsync(Backup("late"), default);
        await backups.DeleteAsync("early", default);
        await Eventually.BecomesAsync(() => informer.Items.Select(item => item.Metadata.Name).Order().ToList(), names => names is ["late"], "the informer to follow");
        await backups.PatchAsync(late, late with { Status = late.Status with { Phase = "New" } }, default);
        await Eventually.BecomesAsync(() => informer.Find("late")?.Status.Phase, phase => phase == "New", "the change");
        await stop.CancelAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task A_state_of_its_own_making_never_takes_the_place_of_a_newer_one_and_brings_nothing_back_that_is_gone()
    {
        await using var cluster = await EmbeddedCluster.StartAsync();
        cluster.Seed(SampleDefinition.Backups);
        await cluster.SettleAsync();
        using var client = new KubernetesClient(ClusterConnection.ForServer(cluster.Address));
        var backups = new ResourceClient<BackupDocument>(client, VeleroTypes.Backups, "default");
        var first = await backups.CreateAsync(Backup("one"), default);
        using var stop = new CancellationTokenSource();
        var informer = new Informer<BackupDocument>(client, backups, TimeProvider.System, NullLogger.Instance);
        var running = informer.RunAsync(stop.Token);
        await informer.Synced;
        var second = await backups.PatchAsync(first, first with { Status = first.Status with { Phase = "Queued" } }, default);
        var third = await backups.PatchAsync(second, second with { Status = second.Status with { Phase = "Completed" } }, default);
        await Eventually.BecomesAsync(() => informer.Find("one")?.Status.Phase, phase => phase == "Completed", "the newest state");
        var told = 0;
        informer.Changed += _ => told++;

        // The answer to a request may come after what the watch says of a later one.
        informer.Note(second);
        informer.Find("one")!.Status.Phase.ShouldBe("Completed");
        informer.Note(third);
        told.ShouldBe(0);

        await backups.DeleteAsync("one", default);
        await Eventually.BecomesAsync(() => informer.Find("one"), found => found is null, "the deletion");
        informer.Note(third);
        informer.Find("one").ShouldBeNull();
        await stop.CancelAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private static BackupDocument Backup(string name) => new() { Metadata = new DocumentMetadata { Name = name } };
}
