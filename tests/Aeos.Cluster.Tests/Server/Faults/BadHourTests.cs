using System.Collections.Concurrent;
using System.Globalization;
using Aeos.Server.Schedules;
using Aeos.Server.Tests;
using Aeos.Velero.Resources;
using Xunit.Abstractions;

namespace Aeos.Cluster.Tests.Server.Faults;

/// <summary>An hour in which the API and the bucket fail at random, with two servers and schedules, on a clock that is moved by hand.</summary>
public class BadHourTests(ITestOutputHelper output)
{
    private static readonly string[] Pods = ["server-0", "server-1"];

    private readonly ConcurrentQueue<(string Backup, string Phase)> _changes = [];
    private readonly Dictionary<string, RunningServer> _servers = [];

    [Theory]
    [InlineData(1)]
    public async Task All_backups_come_to_an_end_none_is_made_twice_and_the_bucket_holds_whole_ones_alone(int seed)
    {
        await using var room = await FaultRoom.OpenAsync();
        var clock = new Clockwork(room) { Step = TimeSpan.FromSeconds(2) };
        var faults = new RandomFaults(room, seed);
        room.Api.OnCall = call => Task.FromResult(Note(call, faults.Decide(call)));
        foreach (var minutes in (int[])[3, 5, 7])
        {
            await room.Schedules.CreateAsync(
                new ScheduleDocument
                {
                    Metadata = new DocumentMetadata { Name = $"every-{minutes}m", Namespace = room.Namespace },
                    Spec = new ScheduleSpec { Schedule = $"@every {minutes}m", Template = room.Asked },
                },
                default);
        }

        clock.BeforeStep = async () =>
        {
            KeepServing(room, clock);
            await faults.PassAsync();
        };
        await clock.PassAsync(TimeSpan.FromHours(1));
        await faults.EndAsync();
        var end = clock.Time.GetUtcNow();
        await clock.PassAsync(TimeSpan.FromMinutes(10));
        await clock.UntilAsync(() => BackupsAsync(room), static all => all.TrueForAll(FaultRoom.HasEnded), TimeSpan.FromMinutes(5));
        foreach (var server in _servers.Values)
        {
            await server.StopAsync();
        }

        var backups = await BackupsAsync(room);
        output.WriteLine($"{faults.Count} faults in {room.Api.Calls} requests; {string.Join(", ", backups.CountBy(static backup => backup.Status.Phase!).Select(static count => $"{count.Value} {count.Key}"))}");
        faults.Count.ShouldBeGreaterThan(100);
        backups.ShouldAllBe(static backup => FaultRoom.HasEnded(backup));
        backups.Where(static backup => backup.Status.Phase == BackupPhase.Failed).ShouldAllBe(static backup => backup.Status.FailureReason!.Length > 0);
        ShouldNeverHaveOverlapped();
        foreach (var schedule in await room.Schedules.ListAsync(null, default).ToListAsync())
        {
            var newest = backups.Where(backup => backup.IsOfSchedule(schedule.Metadata.Name)).MaxBy(static backup => backup.Metadata.Name, StringComparer.Ordinal)!;
            newest.Status.Phase.ShouldBe(BackupPhase.Completed, newest.Status.FailureReason);
            ScheduledBackup.TimeOf(schedule.Metadata.Name, newest.Metadata.Name)!.Value.ShouldBeGreaterThan(end);
            DateTimeOffset.Parse(schedule.Status.LastBackup!, CultureInfo.InvariantCulture).ShouldBe(ScheduledBackup.TimeOf(schedule.Metadata.Name, newest.Metadata.Name)!.Value);
        }

        await room.CheckBucketAsync([.. backups.Where(static backup => backup.Status.Phase is BackupPhase.Failed or BackupPhase.FailedValidation).Select(static backup => backup.Metadata.Name)]);
    }

    private static async Task<List<BackupDocument>> BackupsAsync(FaultRoom room) => await room.Backups.ListAsync(null, default).ToListAsync();

    // As a Deployment does.
    private void KeepServing(FaultRoom room, Clockwork clock)
    {
        foreach (var pod in Pods)
        {
            if (!_servers.TryGetValue(pod, out var server) || server.Ended.IsCompleted)
            {
                _servers[pod] = room.Serve(room.Options with { LeaderElection = true, Identity = pod }, clock.Time);
            }
        }
    }

    private ApiFault Note(ApiCall call, ApiFault fault)
    {
        if (!fault.IsCut && fault.Code == 0)
        {
            foreach (var phase in (string[])[BackupPhase.InProgress, BackupPhase.Completed, BackupPhase.PartiallyFailed, BackupPhase.Failed])
            {
                if (call.SetsPhase("backups", phase))
                {
                    _changes.Enqueue((call.Path.Split('/')[^1], phase));
                }
            }
        }

        return fault;
    }

    // One at a time, whichever server it is that makes it: that is what the Lease is for.
    private void ShouldNeverHaveOverlapped()
    {
        string? running = null;
        var begun = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (backup, phase) in _changes)
        {
            if (phase == BackupPhase.InProgress)
            {
                running.ShouldBeNull($"{backup} began");
                begun.Add(backup).ShouldBeTrue($"{backup} began twice");
                running = backup;
            }
            else if (backup == running)
            {
                running = null;
            }
        }
    }
}
