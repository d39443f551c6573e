using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Server.Resources;

namespace Aeos.Cli.Restores;

/// <summary><c>aeos restore logs</c>.</summary>
internal static class RestoreLogsCommand
{
    public static Command Create() => LogsVerb.Create(
        new DocumentedCommand("logs", "Print a restore's log, decrypted.") { Examples = ["aeos restore logs again-1", "aeos restore logs again-1 --location location.yaml"] },
        VeleroTypes.Restores,
        static async (records, name, cancellationToken) =>
        {
            var found = await records.FindRestoresAsync([name], null, cancellationToken).ConfigureAwait(false);
            return await records.OpenLogAsync(found.All[0], cancellationToken).ConfigureAwait(false);
        });
}
