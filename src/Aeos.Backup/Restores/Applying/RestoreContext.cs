using System.Collections.Concurrent;
using Aeos.Backup.Reporting;
using Aeos.Backup.Restores.Preparing;
using Aeos.Backup.Restores.Selecting;
using Aeos.Backup.Spool;
using Aeos.Kubernetes;

namespace Aeos.Backup.Restores.Applying;

/// <summary>What all parts of one restore share.</summary>
internal sealed class RestoreContext(RestoreOptions options, KubernetesClient cluster, SpooledBackup backup, OperationLog log, TimeProvider time)
{
    public RestoreOptions Options { get; } = options;

    public KubernetesClient Cluster { get; } = cluster;

    public SpooledBackup Backup { get; } = backup;

    public OperationLog Log { get; } = log;

    public TargetTypes Types { get; } = new(cluster);

    public required ItemRules Rules { get; init; }

    public ObjectWait Wait { get; } = new(cluster, time);

    public TimeProvider Time { get; } = time;

    public required RestoreFilter Filter { get; init; }

    public RestoreOutcome Outcome { get; } = new();

    /// <summary>Items that were taken up: one may be needed by several others, and be selected as well.</summary>
    public ConcurrentDictionary<ItemKey, bool> Taken { get; } = new();

    /// <summary>The backup's types in the order in which they are restored.</summary>
    public IReadOnlyList<string> Order() => ResourceOrder.Of(Backup.Types, Options.Priorities, Types.Catalog);

    public string TargetOf(string @namespace) => Options.NamespaceMappings.GetValueOrDefault(@namespace, @namespace);

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
}
