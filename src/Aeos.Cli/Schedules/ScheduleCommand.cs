using System.CommandLine;
using Aeos.Cli.Cluster;
using Aeos.Cli.CommandLine;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Schedules;

/// <summary><c>aeos schedule</c>: backups that the server in the cluster makes by itself.</summary>
internal static class ScheduleCommand
{
    public static Command Create()
    {
        var verbs = new ResourceVerbs<ScheduleDocument>(VeleroTypes.Schedules);
        var command = new DocumentedCommand("schedule", "Let the server in the cluster back up by itself, again and again.")
        {
            Examples = ["aeos schedule create nightly --schedule \"0 1 * * *\"", "aeos schedule get"],
        };
        command.Add(ScheduleCreateCommand.Create());
        command.Add(verbs.Get(
            new DocumentedCommand("get", "List schedules.") { Examples = ["aeos schedule get", "aeos schedule get nightly -o yaml"] },
            static all => ScheduleTable.Of(all, TimeProvider.System.GetUtcNow())));
        command.Add(verbs.Describe(new DocumentedCommand("describe", "Say what a schedule backs up, and when.") { Examples = ["aeos schedule describe nightly"] }, ScheduleDescription.Of));
        command.Add(verbs.Delete(
            new DocumentedCommand("delete", "Delete schedules. Their backups stay, unless they were made with owner references.")
            {
                Examples = ["aeos schedule delete nightly", "aeos schedule delete --all --confirm"],
            },
            trail: "",
            DeleteAsync));
        command.Add(PauseCommand.Create("pause", "Make schedules pause.", isPaused: true));
        command.Add(PauseCommand.Create("unpause", "Make schedules go on.", isPaused: false));
        return command;
    }

    private static async Task<string> DeleteAsync(ServerResources resources, ScheduleDocument schedule, CancellationToken cancellationToken)
    {
        await resources.Of(VeleroTypes.Schedules).DeleteAsync(schedule.Metadata.Name, cancellationToken).ConfigureAwait(false);
        return $"Schedule {schedule.Metadata.Name} deleted.";
    }
}
