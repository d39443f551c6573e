using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;
using Aeos.Server.Schedules;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary>Which backup is wanted: its name, its labels and what is in it. Who takes it, these do not say.</summary>
internal sealed class WantedBackupOptions
{
    private readonly NameArgument _name = NameArgument.Optional("backup", "The backup's name. May be left out with --from-schedule.");
    private readonly BackupSpecOptions _spec = new();
    private readonly PairsOption _labels = new("--labels", '=', "KEY=VALUE", "Labels of the backup.");
    private readonly PairsOption _annotations = new("--annotations", '=', "KEY=VALUE", "Annotations of the backup.");

    public void AddTo(Command command)
    {
        command.Add(_name);
        _spec.AddTo(command);
        command.Add(_labels);
        command.Add(_annotations);
    }

    /// <summary>The Backup, as somebody creates it.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="namespace">The backup server's namespace.</param>
    /// <exception cref="UsageException">Options that do not go together, or a value that is none.</exception>
    public BackupDocument Read(ParseResult result, string @namespace) => new()
    {
        Metadata = new DocumentMetadata
        {
            Name = _name.TryRead(result) ?? throw new UsageException("the backup has no name", "Give it one, as in \"aeos backup create NAME\"."),
            Namespace = @namespace,
            Labels = _labels.Read(result),
            Annotations = _annotations.Read(result),
        },
        Spec = _spec.Read(result),
    };

    /// <summary>The Backup that a schedule would make now; without a name, it gets the schedule's and the time.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="result">The command line.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UsageException">The name is none.</exception>
    public BackupDocument ReadFor(ScheduleDocument schedule, ParseResult result, TimeProvider time)
    {
        var made = ScheduledBackup.Of(schedule, time.GetUtcNow());
        return made with
        {
            Metadata = made.Metadata with
            {
                Name = _name.TryRead(result) ?? made.Metadata.Name,
                Labels = With(made.Metadata.Labels, _labels.Read(result)),
                Annotations = With(made.Metadata.Annotations, _annotations.Read(result)),
            },
        };
    }

    private static IReadOnlyDictionary<string, string>? With(IReadOnlyDictionary<string, string>? some, IReadOnlyDictionary<string, string>? more)
    {
        if (more is null)
        {
            return some;
        }

        var all = new Dictionary<string, string>(some ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach (var (key, value) in more)
        {
            all[key] = value;
        }

        return all;
    }
}
