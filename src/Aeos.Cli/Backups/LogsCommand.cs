using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Server.Resources;

namespace Aeos.Cli.Backups;

/// <summary><c>aeos backup logs</c>.</summary>
internal static class LogsCommand
{
    public static Command Create() => LogsVerb.Create(
        new DocumentedCommand("logs", "Print a backup's log, decrypted.") { Examples = ["aeos backup logs nightly-1", "aeos backup logs nightly-1 --location location.yaml"] },
        VeleroTypes.Backups,
        static async (records, name, cancellationToken) =>
        {
            var found = await records.FindBackupsAsync([name], null, cancellationToken).ConfigureAwait(false);
            return await records.OpenLogAsync(found.All[0], cancellationToken).ConfigureAwait(false);
        });
}
