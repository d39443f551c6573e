using System.CommandLine;
using Aeos.Cli.Cluster;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Options;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary>Asks the server in the cluster for a backup.</summary>
/// <param name="encryption">What the backup says of its encryption.</param>
internal sealed class ServerBackup(EncryptionSpecOptions encryption)
{
    private readonly NameOption _schedule = new("--from-schedule", "schedule", "Without --location: take the backup that this schedule makes. Filters are left out, and NAME may be.");
    private readonly Option<bool> _wait = new("--wait", "-w") { Description = "Wait for the end; exit code 0 is Completed then. With --location it is always waited for." };

    public void AddTo(Command command)
    {
        command.Add(_schedule);
        command.Add(_wait);
    }

    /// <summary>Refuses what only this way has.</summary>
    /// <exception cref="UsageException">It was given.</exception>
    public void Refuse(ParseResult result) => result.RefuseWithLocation(_schedule);

    /// <summary>Asks for it.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="options">Which backup is wanted.</param>
    /// <param name="cluster">The cluster's options.</param>
    /// <param name="format">Whether and how the request is only shown.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(ParseResult result, WantedBackupOptions options, ClusterOptions cluster, ListingFormat format, CancellationToken cancellationToken)
    {
        var (ns, schedule, how) = (cluster.Namespace(result), _schedule.Read(result), encryption.Read(result));
        using var resources = new ServerResources(cluster.ConnectForLackOfLocation(result), ns);
        var wanted = schedule is null ? options.Read(result, ns)
            : options.ReadFor(await resources.GetAsync(VeleroTypes.Schedules, schedule, cancellationToken).ConfigureAwait(false), result, TimeProvider.System);
        if (schedule is null && format == ListingFormat.Text && wanted.Spec.StorageLocation is { } location)
        {
            await resources.GetAsync(VeleroTypes.BackupStorageLocations, location, cancellationToken).ConfigureAwait(false);
        }

        wanted = how is null ? wanted : wanted with { Spec = wanted.Spec with { Encryption = how } };
        return await new ServerRequest<BackupDocument>(resources, VeleroTypes.Backups, WorkState.Of)
            .RunAsync(wanted, format, result.GetValue(_wait), BackupOutcomeText.Line, cancellationToken).ConfigureAwait(false);
    }
}
