using System.CommandLine;
using System.Globalization;
using Aeos.Cli.Cluster;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Options;
using Aeos.Cli.Stores;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Restores;

/// <summary>Velero's options that say which backup is restored: its name, or the schedule whose newest one it is.</summary>
internal sealed class RestoreSourceOptions
{
    private readonly NameOption _backup = new("--from-backup", "backup", "The backup to restore.");
    private readonly NameOption _schedule = new("--from-schedule", "schedule", "The schedule whose newest Completed backup is restored.");
    private readonly SwitchOption _partially = new("--allow-partially-failed", "With --from-schedule: a PartiallyFailed backup is taken, too.");

    public void AddTo(Command command)
    {
        command.Add(_backup);
        command.Add(_schedule);
        command.Add(_partially);
    }

    /// <summary>Lets a shell complete names from the cluster.</summary>
    public void Complete(ClusterOptions cluster, LocationOptions location)
    {
        NameCompletion.Add(_backup.CompletionSources, VeleroTypes.Backups, cluster, location);
        NameCompletion.Add(_schedule.CompletionSources, VeleroTypes.Schedules, cluster, location);
    }

    /// <summary>A name for the restore, as Velero makes it: that of what is restored, and the time.</summary>
    public string NewName(ParseResult result, TimeProvider time) =>
        string.Create(CultureInfo.InvariantCulture, $"{_backup.Read(result) ?? _schedule.Read(result)}-{time.GetLocalNow():yyyyMMddHHmmss}");

    /// <summary>Adds the source to a spec.</summary>
    /// <exception cref="UsageException">Not one of them is given.</exception>
    public RestoreSpec AddTo(RestoreSpec spec, ParseResult result)
    {
        var (backup, schedule) = (_backup.Read(result), _schedule.Read(result));
        return (backup is null) != (schedule is null)
            ? spec with { BackupName = backup, ScheduleName = schedule }
            : throw new UsageException("either a backup or a schedule has to be given", "Give --from-backup NAME or --from-schedule NAME, and not both.");
    }

    /// <summary>
    /// With a schedule the engine takes its newest Completed backup; with <c>--allow-partially-failed</c>, as Velero's client has it, the newest that is
    /// PartiallyFailed or Completed is named here.
    /// </summary>
    /// <param name="wanted">The Restore.</param>
    /// <param name="result">The command line.</param>
    /// <param name="backups">Lists the backups.</param>
    public async Task<RestoreDocument> ChooseAsync(RestoreDocument wanted, ParseResult result, Func<Task<IReadOnlyList<BackupDocument>>> backups)
    {
        if (wanted.Spec.ScheduleName is not { Length: > 0 } schedule || _partially.Read(result) != true)
        {
            return wanted;
        }

        var newest = (await backups().ConfigureAwait(false))
            .Where(backup => backup.IsOfSchedule(schedule) && backup.Status.Phase is (BackupPhase.Completed or BackupPhase.PartiallyFailed))
            .MaxBy(static backup => backup.Status.StartTimestamp, StringComparer.Ordinal);
        return newest is null ? wanted : wanted with { Spec = wanted.Spec with { BackupName = newest.Metadata.Name, ScheduleName = null } };
    }
}
