using System.CommandLine;
using Aeos.Backup.Restores;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;
using Aeos.Server;

namespace Aeos.Cli.Server;

/// <summary>Velero's flags about what the server does and when.</summary>
internal sealed class ServerWorkFlags
{
    // What Velero has and has no part here: those of volumes' data and of plugins that work on after a backup.
    private static readonly string[] NotHere = ["backup-finalizer", "backup-operations", "backup-repo", "restore-finalizer", "restore-operations"];

    // Velero's --restore-only.
    private static readonly string[] NotForRestores = ["backup-queue", "backup", "backup-deletion", "gc", "schedule"];

    private readonly DurationOption _ttl = new("--default-backup-ttl", "How long backups are kept that do not say it. Default: 720h.");
    private readonly NameOption _location = new("--default-backup-storage-location", "location", "The location of backups that name none, where none is marked as the default. Default: default.");
    private readonly DurationOption _sync = new("--backup-sync-period", "How often backups in a bucket are looked for; 0s: never. Default: 1m.", allowsZero: true);
    private readonly DurationOption _validation = new("--store-validation-frequency", "How often locations are checked; 0s: never. Default: 1m.", allowsZero: true);
    private readonly DurationOption _collection = new("--garbage-collection-frequency", "How often expired backups are looked for. Default: 1h.");
    private readonly Option<string?> _priorities = new("--restore-resource-priorities") { HelpName = "TYPE,...", Description = "The order of types in a restore: those before a \"-\" first, those after it last. Default: Velero's." };
    private readonly DurationOption _terminating = new("--terminating-resource-timeout", "How long a namespace that is going away is waited for in a restore. Default: 10m.");
    private readonly DurationOption _resources = new("--resource-timeout", "How long things are waited for that no other time-out covers. Default: 10m.");
    private readonly SwitchOption _skip = new("--schedule-skip-immediately", "Whether a schedule's first backup is skipped when it is due at once. Default: false.");
    private readonly Option<int> _backups = new("--concurrent-backups") { HelpName = "N", DefaultValueFactory = static _ => 1, Description = "How many backups are made at once." };
    private readonly ListOption _disabled = new("--disable-controllers", $"Controllers that do not run: {string.Join(", ", ServerOptions.ControllerNames)}.");
    private readonly SwitchOption _restoreOnly = new("--restore-only", "Whether the server restores only: it makes and deletes no backups. Default: false.");
    private readonly Option<string> _metrics = new("--metrics-address") { HelpName = "ADDRESS", DefaultValueFactory = static _ => ":8085", Description = "Where metrics are served, at /metrics; empty: nowhere." };
    private readonly SwitchOption _election = new("--leader-elect", "Whether one of several servers is chosen by a Lease. Default: true.");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_ttl, _location, _sync, _validation, _collection, _priorities, _terminating, _resources, _skip, _backups, _disabled, _restoreOnly, _metrics, _election])
        {
            command.Add(option);
        }
    }

    /// <summary>Puts them into what the server is told.</summary>
    /// <exception cref="UsageException">One is not possible.</exception>
    public ServerOptions Read(ParseResult result, ServerOptions options)
    {
        if (result.GetValue(_priorities) is { } priorities)
        {
            UsageException.Instead(() => ResourcePriorities.Parse(priorities));
        }

        return options with
        {
            DefaultBackupTtl = _ttl.Read(result) ?? options.DefaultBackupTtl,
            DefaultBackupStorageLocation = _location.Read(result) ?? options.DefaultBackupStorageLocation,
            BackupSyncPeriod = _sync.Read(result) ?? options.BackupSyncPeriod,
            StoreValidationFrequency = _validation.Read(result) ?? options.StoreValidationFrequency,
            GarbageCollectionFrequency = _collection.Read(result) ?? options.GarbageCollectionFrequency,
            RestoreResourcePriorities = result.GetValue(_priorities),
            TerminatingResourceTimeout = _terminating.Read(result) ?? options.TerminatingResourceTimeout,
            ResourceTimeout = _resources.Read(result) ?? options.ResourceTimeout,
            ScheduleSkipImmediately = _skip.Read(result) ?? options.ScheduleSkipImmediately,
            ConcurrentBackups = result.GetValue(_backups) is > 0 and <= 100 and var backups ? backups : throw new UsageException($"{_backups.Name} {result.GetValue(_backups)} is not possible", "Give a number from 1 to 100."),
            DisabledControllers = Disabled(result),
            MetricsAddress = result.GetRequiredValue(_metrics),
            LeaderElection = _election.Read(result) ?? options.LeaderElection,
        };
    }

    private HashSet<string> Disabled(ParseResult result)
    {
        var disabled = new HashSet<string>(_disabled.Read(result) ?? [], StringComparer.Ordinal);
        foreach (var name in NotHere.Where(disabled.Remove))
        {
            Report.Warning($"{_disabled.Name} {name} does nothing here: what it does in Velero is a part of other controllers, or of volumes' data, which is not backed up");
        }

        if (disabled.FirstOrDefault(static name => !ServerOptions.ControllerNames.Contains(name)) is { } unknown)
        {
            throw new UsageException($"there is no controller \"{unknown}\" to disable", $"Known: {string.Join(", ", ServerOptions.ControllerNames)}.");
        }

        disabled.UnionWith(_restoreOnly.Read(result) == true ? NotForRestores : []);
        return disabled;
    }
}
