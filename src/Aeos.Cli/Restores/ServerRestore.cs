using System.CommandLine;
using Aeos.Backup.Filters;
using Aeos.Cli.Backups;
using Aeos.Cli.Cluster;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Encryption;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Restores;

/// <summary>Asks the server in the cluster for a restore.</summary>
internal sealed class ServerRestore
{
    private readonly Option<bool> _wait = new("--wait", "-w") { Description = "Wait for the end; exit code 0 is Completed then. With --location it is always waited for." };

    public void AddTo(Command command) => command.Add(_wait);

    /// <summary>Asks for it.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="options">Which restore is wanted.</param>
    /// <param name="cluster">The cluster's options.</param>
    /// <param name="format">Whether and how the request is only shown.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(ParseResult result, WantedRestoreOptions options, ClusterOptions cluster, ListingFormat format, CancellationToken cancellationToken)
    {
        var ns = cluster.Namespace(result);
        var wanted = options.Read(result, ns, TimeProvider.System);
        using var resources = new ServerResources(cluster.ConnectForLackOfLocation(result), ns);
        wanted = await options.ChooseBackupAsync(wanted, result, () => BackupsOfAsync(resources, wanted.Spec.ScheduleName!, cancellationToken)).ConfigureAwait(false);
        if (format == ListingFormat.Text)
        {
            await CheckSourceAsync(resources, wanted.Spec, cancellationToken).ConfigureAwait(false);
        }

        return await new ServerRequest<RestoreDocument>(resources, VeleroTypes.Restores, WorkState.Of)
            .RunAsync(wanted, format, result.GetValue(_wait), RestoreOutcomeText.Line, cancellationToken).ConfigureAwait(false);
    }

    private static async Task CheckSourceAsync(ServerResources resources, RestoreSpec spec, CancellationToken cancellationToken)
    {
        if (spec.BackupName is { } backup)
        {
            await resources.GetAsync(VeleroTypes.Backups, backup, cancellationToken).ConfigureAwait(false);
        }
        else if ((await BackupsOfAsync(resources, spec.ScheduleName!, cancellationToken).ConfigureAwait(false)).Count == 0)
        {
            throw new AeosException(
                $"there is no backup of the schedule {Printable.Quote(spec.ScheduleName!)} in the namespace {resources.Namespace} of the cluster", "List the backups with \"aeos backup get\".");
        }
    }

    private static async Task<IReadOnlyList<BackupDocument>> BackupsOfAsync(ServerResources resources, string schedule, CancellationToken cancellationToken)
    {
        var selector = new Selector(new LabelSelector { MatchLabels = new Dictionary<string, string> { [BackupDocument.ScheduleLabel] = schedule } });
        return (await resources.FindAsync(VeleroTypes.Backups, [], selector, BackupOrder.Instance, cancellationToken).ConfigureAwait(false)).All;
    }
}
