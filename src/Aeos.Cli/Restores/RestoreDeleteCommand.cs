using System.CommandLine;
using Aeos.Backup.Restores;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;

namespace Aeos.Cli.Restores;

/// <summary><c>aeos restore delete</c>.</summary>
internal static class RestoreDeleteCommand
{
    public static Command Create() => DeleteVerb.Create(
        new DocumentedCommand("delete", "Delete restores' records from the location. What was restored stays in the cluster.")
        {
            Examples = ["aeos restore delete again-1 --location location.yaml --confirm"],
        },
        "restore",
        lead: "the records of ",
        trail: "",
        static (location, result, cancellationToken) => location.OpenBareAsync(result, cancellationToken),
        static async (store, name, cancellationToken) => $"{await RestoreRemoval.RunAsync(store, name, cancellationToken).ConfigureAwait(false)} objects");
}
