using Aeos.Kubernetes.Errors;
using Aeos.Server.Controllers;
using Aeos.Server.Schedules.Cron;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Schedules;

/// <summary>
/// Makes the backups of Schedules (Velero 1.18, pkg/controller/schedule_controller.go). Times that passed while no server worked are not made up for: one
/// backup is made for all of them. A Schedule that never comes is FailedValidation; Velero takes it for due at any time.
/// </summary>
internal sealed partial class ScheduleController(ServerContext server) : IReconciler
{
    /// <summary>Velero's name for it.</summary>
    public const string Name = "schedule";

    private static readonly TimeSpan PauseBehindBackup = TimeSpan.FromMinutes(1);

    private readonly ILogger _log = server.Logs.CreateLogger(Name);

    /// <inheritdoc/>
    public async Task<TimeSpan?> ReconcileAsync(string name, CancellationToken cancellationToken)
    {
        var schedule = await server.Schedules.TryGetAsync(name, cancellationToken).ConfigureAwait(false);
        if (schedule is null)
        {
            server.Metrics.RemoveSchedule(name);
            return null;
        }

        schedule = await KeepEncryptionAsync(schedule, cancellationToken).ConfigureAwait(false);
        if (schedule.Spec.Paused == true)
        {
            return null;
        }

        server.Metrics.InitSchedule(name);
        var (cron, problem) = Read(schedule);
        schedule = await NoteAsync(schedule, problem, cancellationToken).ConfigureAwait(false);
        return cron?.Next(LastRun(schedule)) switch
        {
            null => null,
            { } next when server.Time.GetUtcNow() is var now && now < next => next - now,
            { } due => await RunAsync(schedule, cron, due, cancellationToken).ConfigureAwait(false),
        };
    }

    private static DateTimeOffset? Time(string? text)
        => TimestampText.TryParse(text, out var time) ? time : null;

    private (ICronSchedule? Schedule, string? Problem) Read(ScheduleDocument schedule)
    {
        if (TemplateEncryption.Problem(schedule.Spec.Template.Encryption, schedule.Metadata) is { } unreadable)
        {
            return (null, unreadable);
        }

        if (schedule.Spec.Schedule.Length == 0)
        {
            return (null, "Schedule must be a non-empty valid Cron expression");
        }

        try
        {
            var cron = CronText.Parse(schedule.Spec.Schedule, server.Time.LocalTimeZone);
            return cron.Next(server.Time.GetUtcNow()) is not null ? (cron, null) : (null, "invalid schedule: it does not come within five years");
        }
        catch (CronRefusedException refusal)
        {
            return (null, $"invalid schedule: {refusal.Message}");
        }
    }

    // A paused one too: it is pausing with the official client that loses the field.
    private async Task<ScheduleDocument> KeepEncryptionAsync(ScheduleDocument schedule, CancellationToken cancellationToken)
    {
        var kept = TemplateEncryption.Keep(schedule);
        var patched = await server.Schedules.PatchUnchangedAsync(schedule, kept, cancellationToken).ConfigureAwait(false);
        if (!TemplateEncryption.Says(schedule.Spec.Template.Encryption) && TemplateEncryption.Says(patched.Spec.Template.Encryption))
        {
            EncryptionRestored(schedule.Metadata.Name, TemplateEncryption.Restored);
            await server.Events.WarningAsync(patched, "TemplateEncryptionRestored", TemplateEncryption.Restored, cancellationToken).ConfigureAwait(false);
        }

        return patched;
    }

    private async Task<ScheduleDocument> NoteAsync(ScheduleDocument schedule, string? problem, CancellationToken cancellationToken)
    {
        var skips = schedule.Spec.SkipImmediately ?? server.Options.ScheduleSkipImmediately;
        var noted = schedule with
        {
            // So that it is skipped once, and a server that is told otherwise later does not skip it again.
            Spec = schedule.Spec with { SkipImmediately = false },
            Status = schedule.Status with
            {
                Phase = problem is null ? SchedulePhase.Enabled : SchedulePhase.FailedValidation,
                ValidationErrors = problem is null ? null : [problem],
                LastSkipped = skips ? TimestampText.Format(server.Time.GetUtcNow()) : schedule.Status.LastSkipped,
            },
        };
        if (problem is not null && schedule.Status.Phase != SchedulePhase.FailedValidation)
        {
            NotPossible(schedule.Metadata.Name, problem);
            await server.Events.WarningAsync(schedule, SchedulePhase.FailedValidation, problem, cancellationToken).ConfigureAwait(false);
        }

        return await server.Schedules.PatchAsync(schedule, noted, cancellationToken).ConfigureAwait(false);
    }

    private DateTimeOffset LastRun(ScheduleDocument schedule)
    {
        var last = Time(schedule.Status.LastBackup) ?? Time(schedule.Metadata.CreationTimestamp) ?? server.Time.GetUtcNow();
        return Time(schedule.Status.LastSkipped) is { } skipped && skipped > last ? skipped : last;
    }

    private async Task<TimeSpan?> RunAsync(ScheduleDocument schedule, ICronSchedule cron, DateTimeOffset due, CancellationToken cancellationToken)
    {
        var name = schedule.Metadata.Name;
        var (unfinished, made) = await FindAsync(name, due, cancellationToken).ConfigureAwait(false);
        if (made is { } before)
        {
            // What follows its creation failed: made again it would be two backups of one time.
            return await RanAsync(schedule, cron, before, cancellationToken).ConfigureAwait(false);
        }

        if (unfinished is not null)
        {
            Waiting(name, unfinished);
            return PauseBehindBackup;
        }

        var now = server.Time.GetUtcNow();
        var backup = ScheduledBackup.Of(schedule, now);
        try
        {
            await server.Backups.CreateAsync(backup, cancellationToken).ConfigureAwait(false);
            Made(name, backup.Metadata.Name);
        }
        catch (KubernetesApiException refusal) when (refusal.IsAlreadyExists)
        {
            // Without its label: somebody else's, or changed.
        }

        return await RanAsync(schedule, cron, now, cancellationToken).ConfigureAwait(false);
    }

    private async Task<TimeSpan?> RanAsync(ScheduleDocument schedule, ICronSchedule cron, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var ran = schedule with { Status = schedule.Status with { LastBackup = TimestampText.Format(at) } };
        await server.Schedules.PatchAsync(schedule, ran, cancellationToken).ConfigureAwait(false);
        return cron.Next(at) - server.Time.GetUtcNow();
    }

    // One that has not ended, and the newest one's time if that was made since the Schedule was due.
    private async Task<(string? Unfinished, DateTimeOffset? Made)> FindAsync(string schedule, DateTimeOffset due, CancellationToken cancellationToken)
    {
        var selector = $"{BackupDocument.ScheduleLabel}={ScheduledBackup.LabelOf(schedule)}";
        string? unfinished = null;
        DateTimeOffset? made = null;
        await foreach (var backup in server.Backups.ListAsync(selector, cancellationToken).ConfigureAwait(false))
        {
            // Velero looks at New and InProgress alone; those that wait for their turn would pile up.
            if (backup.Status.Phase is null or "" or BackupPhase.New or BackupPhase.Queued or BackupPhase.ReadyToStart or BackupPhase.InProgress)
            {
                unfinished = backup.Metadata.Name;
            }

            if (ScheduledBackup.TimeOf(schedule, backup.Metadata.Name) is { } time && time >= due && (made is null || time > made))
            {
                made = time;
            }
        }

        return (unfinished, made);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Schedule {Schedule} is due: Backup {Backup} is made")]
    private partial void Made(string schedule, string backup);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Schedule {Schedule}: {Message}")]
    private partial void EncryptionRestored(string schedule, string message);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Schedule {Schedule} is due, and waits for the end of Backup {Backup}")]
    private partial void Waiting(string schedule, string backup);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Schedule {Schedule} makes no backups: {Problem}")]
    private partial void NotPossible(string schedule, string problem);
}
