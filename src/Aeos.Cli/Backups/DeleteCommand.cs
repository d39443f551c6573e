using System.CommandLine;
using Aeos.Backup.Backups;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;

namespace Aeos.Cli.Backups;

/// <summary><c>aeos backup delete</c>.</summary>
internal static class DeleteCommand
{
    public static Command Create() => DeleteVerb.Create(
        new DocumentedCommand("delete", "Delete backups: all of their objects in the location.")
        {
            Notes = ["Needs no key. The records of restores from them stay; \"aeos restore delete\" removes those."],
            Examples = ["aeos backup delete nightly-1 --location location.yaml --confirm"],
        },
        "backup",
        lead: "",
        static async (location, result, cancellationToken) => (await location.OpenWritableAsync(result, cancellationToken).ConfigureAwait(false)).Bucket,
        BackupRemoval.RunAsync);
}
