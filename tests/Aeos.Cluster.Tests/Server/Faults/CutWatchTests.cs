using System.Collections.Concurrent;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Server.Faults;

/// <summary>Watches whose line breaks every second.</summary>
public class CutWatchTests
{
    [Fact]
    public async Task Twenty_backups_and_a_schedule_are_made_each_once()
    {
        await using var room = await FaultRoom.OpenAsync();
        var clock = new Clockwork(room);
        var begun = new ConcurrentQueue<string>();
        room.Api.OnCall = call =>
        {
            if (call.SetsPhase("backups", BackupPhase.InProgress))
            {
                begun.Enqueue(call.Path.Split('/')[^1]);
            }

            return Task.FromResult(ApiFault.None);
        };
        await clock.ServeAsync();
        await room.Schedules.CreateAsync(
            new ScheduleDocument
            {
                Metadata = new DocumentMetadata { Name = "often", Namespace = room.Namespace },
                Spec = new ScheduleSpec { Schedule = "@every 30s", Template = room.Asked },
            },
            default);
        var (cut, asked) = (0, 0);
        clock.BeforeStep = async () =>
        {
            cut += room.Api.CutWatches();
            if (asked < 20)
            {
                await room.AskAsync($"b{++asked:00}");
            }
        };

        var scheduled = await clock.UntilAsync(
            () => BackupsAsync(room),
            static backups => backups.Count >= 24 && backups.All(FaultRoom.HasEnded),
            TimeSpan.FromMinutes(10));

        cut.ShouldBeGreaterThan(100);
        scheduled.ShouldAllBe(static backup => backup.Status.Phase == BackupPhase.Completed);
        begun.Order().ShouldBe(scheduled.Select(static backup => backup.Metadata.Name).Order());
        scheduled.Count(static backup => backup.Metadata.Name.StartsWith("often-", StringComparison.Ordinal)).ShouldBe(4);
        await room.CheckBucketAsync();
    }

    private static async Task<List<BackupDocument>> BackupsAsync(FaultRoom room) => await room.Backups.ListAsync(null, default).ToListAsync();
}
