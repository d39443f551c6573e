using System.CommandLine;
using System.Globalization;
using Aeos.Backup.Reading;
using Aeos.Cli.Backups;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Restores;

/// <summary>Velero's options that say which backup is restored: its name, or the schedule whose newest one it is.</summary>
internal sealed class RestoreSourceOptions
{
    private const string ScheduleLabel = "velero.io/schedule-name";

    private readonly Option<string?> _backup = new("--from-backup") { HelpName = "NAME", Description = "The backup to restore." };
    private readonly Option<string?> _schedule = new("--from-schedule") { HelpName = "NAME", Description = "The schedule whose newest Completed backup is restored." };
    private readonly SwitchOption _partially = new("--allow-partially-failed", "With --from-schedule: a PartiallyFailed backup is taken, too.");

    public void AddTo(Command command)
    {
        command.Add(_backup);
        command.Add(_schedule);
        command.Add(_partially);
    }

    /// <summary>A name for the restore, as Velero makes it: that of what is restored, and the time.</summary>
    public string NewName(ParseResult result, TimeProvider time) =>
        string.Create(CultureInfo.InvariantCulture, $"{result.GetValue(_backup) ?? result.GetValue(_schedule)}-{time.GetLocalNow():yyyyMMddHHmmss}");

    /// <summary>Refuses none and both.</summary>
    /// <exception cref="UsageException">Not one of them is given.</exception>
    public void Check(ParseResult result)
    {
        if (string.IsNullOrEmpty(result.GetValue(_backup)) == string.IsNullOrEmpty(result.GetValue(_schedule)))
        {
            throw new UsageException("either a backup or a schedule has to be given", "Give --from-backup NAME or --from-schedule NAME, and not both.");
        }
    }

    /// <summary>
    /// Adds the source to a spec: the schedule, whose newest Completed backup the engine takes; or, as Velero's client has it, the newest that is
    /// PartiallyFailed or Completed, by its own name.
    /// </summary>
    public async Task<RestoreSpec> AddToAsync(RestoreSpec spec, ParseResult result, BucketReader reader, CancellationToken cancellationToken)
    {
        if (result.GetValue(_backup) is { Length: > 0 } backup)
        {
            return spec with { BackupName = backup };
        }

        var schedule = result.GetValue(_schedule);
        if (_partially.Read(result) != true)
        {
            return spec with { ScheduleName = schedule };
        }

        var stored = await StoredBackups.FindAsync(reader, [], null, cancellationToken).ConfigureAwait(false);
        var newest = stored.All
            .Where(document => document.Metadata.Labels?.GetValueOrDefault(ScheduleLabel) == schedule && document.Status.Phase is (BackupPhase.Completed or BackupPhase.PartiallyFailed))
            .MaxBy(static document => document.Status.StartTimestamp, StringComparer.Ordinal);
        return newest is null ? spec with { ScheduleName = schedule } : spec with { BackupName = newest.Metadata.Name };
    }
}
