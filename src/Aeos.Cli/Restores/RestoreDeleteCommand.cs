using System.CommandLine;
using Aeos.Backup.Restores;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Restores;

/// <summary><c>aeos restore delete</c>.</summary>
internal static class RestoreDeleteCommand
{
    public static Command Create() => new DeleteVerb<RestoreDocument>(VeleroTypes.Restores)
    {
        Lead = "the records of ",
        Open = static (location, result, cancellationToken) => location.OpenBareAsync(result, cancellationToken),
        List = static (reader, selector, cancellationToken) => StoredRestores.FindAsync(reader, [], selector, cancellationToken),
        DeleteStored = static async (store, name, cancellationToken) => $"{await RestoreRemoval.RunAsync(store, name, cancellationToken).ConfigureAwait(false)} objects",
        DeleteResource = static async (resources, restore, cancellationToken) =>
        {
            await resources.Of(VeleroTypes.Restores).DeleteAsync(restore.Metadata.Name, cancellationToken).ConfigureAwait(false);
            return $"Restore {restore.Metadata.Name} deleted: the server removes its records. What was restored stays.";
        },
    }.Create(new DocumentedCommand("delete", "Delete restores' records. What was restored stays in the cluster.")
    {
        Examples = ["aeos restore delete again-1", "aeos restore delete again-1 --location location.yaml --confirm"],
    });
}
