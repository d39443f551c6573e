using System.CommandLine;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Stores;

/// <summary><c>aeos store</c>: what is in a backup location, without a cluster.</summary>
internal static class StoreCommand
{
    public static Command Create()
    {
        var command = new DocumentedCommand("store", "Read and write a backup location, encrypted as the plugin does it, with no cluster needed.")
        {
            Notes = ["Keys are relative to the location's prefix. What the plugin wrote, \"store get\" reads, and the other way round."],
            Examples =
            [
                "aeos store ls --location location.yaml backups/",
                "aeos store get --location location.yaml backups/nightly-1/nightly-1.tar.gz -o nightly-1.tar.gz",
            ],
        };
        command.Add(PutCommand.Create());
        command.Add(GetCommand.Create());
        command.Add(ListCommand.Create());
        command.Add(RemoveCommand.Create());
        command.Add(ExistsCommand.Create());
        command.Add(UrlCommand.Create());
        return command;
    }

    /// <summary>The argument that names an object.</summary>
    public static Argument<string> Key() => new("KEY") { Description = "The object's key, relative to the location's prefix." };
}
