using System.CommandLine;
using Aeos.Cli.Cluster;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Listings;
using Aeos.Cli.Options;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Schedules;

/// <summary><c>aeos schedule pause</c> and <c>unpause</c>.</summary>
internal static class PauseCommand
{
    /// <param name="name">The verb.</param>
    /// <param name="description">What it does.</param>
    /// <param name="isPaused">What schedules are afterwards.</param>
    public static Command Create(string name, string description, bool isPaused)
    {
        var skips = new SwitchOption("--skip-immediately", "Whether the backup that is due when the schedule goes on is skipped. Absent: as the server has it.");
        var command = new DocumentedCommand(name, description) { Examples = [$"aeos schedule {name} nightly", $"aeos schedule {name} --all"] };
        command.Add(skips);
        return new ResourceVerbs<ScheduleDocument>(VeleroTypes.Schedules).Change(
            command, (result, resources, found, cancellationToken) => RunAsync(resources.Of(VeleroTypes.Schedules), found, isPaused, skips.Read(result), cancellationToken));
    }

    private static async Task<int> RunAsync(
        ResourceClient<ScheduleDocument> schedules, FoundResources<ScheduleDocument> found, bool isPaused, bool? skips, CancellationToken cancellationToken)
    {
        var word = isPaused ? "paused" : "unpaused";
        if (found.All.Count == 0)
        {
            Console.Out.WriteLine("No schedules found.");
        }

        foreach (var schedule in found.All)
        {
            if ((schedule.Spec.Paused == true) == isPaused)
            {
                Console.Out.WriteLine($"Schedule {schedule.Metadata.Name} was {word} before.");
                continue;
            }

            await schedules.PatchAsync(schedule, schedule with { Spec = schedule.Spec with { Paused = isPaused, SkipImmediately = skips } }, cancellationToken).ConfigureAwait(false);
            Console.Out.WriteLine($"Schedule {schedule.Metadata.Name} {word}.");
        }

        return found.IsWhole ? ExitCode.Done : ExitCode.Failed;
    }
}
