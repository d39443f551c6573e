using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Options;
using Aeos.Cli.Stores;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Restores;

/// <summary>Which restore is wanted: its name, of what, and what of it. Who restores, these do not say.</summary>
internal sealed class WantedRestoreOptions
{
    private readonly NameArgument _name = NameArgument.Optional("restore", "The restore's name. Absent: the backup's or the schedule's, and the time.");
    private readonly RestoreSourceOptions _source = new();
    private readonly RestoreSpecOptions _spec = new();
    private readonly PairsOption _labels = new("--labels", '=', "KEY=VALUE", "Labels of the restore.");
    private readonly PairsOption _annotations = new("--annotations", '=', "KEY=VALUE", "Annotations of the restore.");

    public void AddTo(Command command)
    {
        command.Add(_name);
        _source.AddTo(command);
        _spec.AddTo(command);
        command.Add(_labels);
        command.Add(_annotations);
    }

    /// <summary>Lets a shell complete names from the cluster.</summary>
    public void Complete(ClusterOptions cluster, LocationOptions location) => _source.Complete(cluster, location);

    /// <summary>The Restore, as somebody creates it.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="namespace">The backup server's namespace.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UsageException">Options that do not go together, or a value that is none.</exception>
    public RestoreDocument Read(ParseResult result, string @namespace, TimeProvider time) => new()
    {
        Spec = _source.AddTo(_spec.Read(result), result),
        Metadata = new DocumentMetadata
        {
            Name = _name.TryRead(result) ?? _source.NewName(result, time),
            Namespace = @namespace,
            Labels = _labels.Read(result),
            Annotations = _annotations.Read(result),
        },
    };

    /// <summary>Names the newest backup of the schedule, where a PartiallyFailed one may be it.</summary>
    /// <param name="wanted">The Restore.</param>
    /// <param name="result">The command line.</param>
    /// <param name="backups">Lists the backups.</param>
    public Task<RestoreDocument> ChooseBackupAsync(RestoreDocument wanted, ParseResult result, Func<Task<IReadOnlyList<BackupDocument>>> backups) =>
        _source.ChooseAsync(wanted, result, backups);
}
