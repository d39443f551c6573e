using System.CommandLine;
using Aeos.Backup.Backups;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.ObjectStore;

namespace Aeos.Cli.Backups;

/// <summary><c>aeos backup delete</c>.</summary>
internal static class DeleteCommand
{
    public static Command Create() => DeleteVerb.Create(
        new DocumentedCommand("delete", "Delete backups: all of their objects in the location, and the records of restores from them.")
        {
            Notes =
            [
                "Needs no key. The records of a backup's restores go with it, as with Velero; what was restored stays in the cluster.",
                "Of Velero's own restores no document in the bucket says which backup they were of: \"aeos restore delete\" removes what they left.",
            ],
            Examples = ["aeos backup delete nightly-1 --location location.yaml --confirm"],
        },
        "backup",
        lead: "",
        trail: " The records of restores go with their backup.",
        static async (location, result, cancellationToken) => (await location.OpenWritableAsync(result, cancellationToken).ConfigureAwait(false)).Bucket,
        DeleteAsync);

    private static async Task<string> DeleteAsync(IObjectStore store, string name, CancellationToken cancellationToken)
    {
        var (objects, restores) = await BackupRemoval.WithRestoresAsync(store, name, Report.Warning, cancellationToken).ConfigureAwait(false);
        return restores.Count == 0 ? $"{objects} objects" : $"{objects} objects, and the records of its restores {string.Join(", ", restores)}";
    }
}
