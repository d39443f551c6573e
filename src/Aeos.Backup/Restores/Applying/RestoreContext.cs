using Aeos.Backup.Hooks;
using Aeos.Backup.Reporting;
using Aeos.Backup.Restores.Preparing;
using Aeos.Backup.Restores.Selecting;
using Aeos.Backup.Spool;
using Aeos.Kubernetes;

namespace Aeos.Backup.Restores.Applying;

/// <summary>What all parts of one restore share.</summary>
internal sealed class RestoreContext(
    RestoreOptions options, KubernetesClient cluster, SpooledBackup backup, RestoreOutcome outcome, OperationLog log, TimeProvider time) : IDisposable
{
    public RestoreOptions Options { get; } = options;

    public KubernetesClient Cluster { get; } = cluster;

    public SpooledBackup Backup { get; } = backup;

    public RestoreOutcome Outcome { get; } = outcome;

    public OperationJournal Log { get; } = new(log);

    public TargetTypes Types { get; } = new(cluster);

    public ObjectWait Wait { get; } = new(cluster, time);

    public ClusterReach Reach { get; } = new(cluster, time, options.ClusterTimeout);

    public WaitingItems Waiting { get; } = new(time, options.DependencyTimeout);

    public TimeProvider Time { get; } = time;

    public required RestoreFilter Filter { get; init; }

    public required ItemRules Rules { get; init; }

    /// <summary>Runs what is to be run in restored pods.</summary>
    public required RestoreExecHooks Hooks { get; init; }

    /// <summary>The API version that a type is restored in, where it is not the one that the backup's cluster preferred.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; set; } = new Dictionary<string, string>();

    public string TargetOf(string @namespace) => Options.NamespaceMappings.GetValueOrDefault(@namespace, @namespace);

    /// <summary>The backup's types in the order in which they are restored.</summary>
    public IReadOnlyList<string> Order() => ResourceOrder.Of(Backup.Types, Options.Priorities, Types.Catalog);

    public async ValueTask WarnAsync(string @namespace, string message, CancellationToken cancellationToken)
    {
        Outcome.Warnings.Add(@namespace, message);
        await Log.WarningAsync(message, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask FailAsync(string @namespace, string message, CancellationToken cancellationToken)
    {
        Outcome.Errors.Add(@namespace, message);
        await Log.ErrorAsync(message, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => Reach.Dispose();
}
