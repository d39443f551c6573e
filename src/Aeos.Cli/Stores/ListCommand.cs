using System.CommandLine;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Stores;

/// <summary><c>aeos store ls</c>.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var prefix = new Argument<string?>("PREFIX") { Arity = ArgumentArity.ZeroOrOne, Description = "Only keys that begin with this. Absent: all." };
        var format = ListingFormatOption.Create();
        var location = new LocationOptions();
        var command = new DocumentedCommand("ls", "List the keys of a location, one a line, in order. None is no error.")
        {
            Examples =
            [
                "aeos store ls --location location.yaml",
                "aeos store ls --location location.yaml -o json backups/nightly-1/",
            ],
        };
        command.Add(prefix);
        command.Add(format);
        location.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var opened = await location.OpenAsync(result, cancellationToken).ConfigureAwait(false);
            var keys = opened.Store.ListAsync(result.GetValue(prefix) ?? "", cancellationToken);
            await KeyListing.WriteAsync(keys, ListingFormatOption.Read(result, format), Console.Out, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }
}
