using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Server.Resources;

namespace Aeos.Cli.Backups;

/// <summary><c>aeos backup get</c>.</summary>
internal static class GetCommand
{
    public static Command Create() => GetVerb.Create(
        new DocumentedCommand("get", "List backups: the cluster's, or those in a location, also those that Velero wrote.")
        {
            Notes = ["What ENCRYPTED says is what the backup's document says; only reading the archive proves it."],
            Examples = ["aeos backup get", "aeos backup get --location location.yaml", "aeos backup get nightly-1 --location location.yaml -o yaml"],
        },
        VeleroTypes.Backups,
        static (records, names, selector, cancellationToken) => records.FindBackupsAsync(names, selector, cancellationToken),
        static all => BackupTable.Of(all, TimeProvider.System.GetUtcNow()));
}
