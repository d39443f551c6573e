using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Server.Resources;

namespace Aeos.Cli.Restores;

/// <summary><c>aeos restore get</c>.</summary>
internal static class RestoreGetCommand
{
    public static Command Create() => GetVerb.Create(
        new DocumentedCommand("get", "List restores: the cluster's, or those whose records are in a location.")
        {
            Notes = ["Of restores that Velero made only the names are in the bucket: their resources are in the cluster that Velero ran in."],
            Examples = ["aeos restore get", "aeos restore get --location location.yaml"],
        },
        VeleroTypes.Restores,
        static (records, names, selector, cancellationToken) => records.FindRestoresAsync(names, selector, cancellationToken),
        RestoreTable.Of);
}
