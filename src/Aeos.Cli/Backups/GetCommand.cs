using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary><c>aeos backup get</c>.</summary>
internal static class GetCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("NAME") { Arity = ArgumentArity.ZeroOrMore, Description = "The backups. Absent: all." };
        var format = ListingFormatOption.Create();
        var reading = new ReadingOptions();
        var command = new DocumentedCommand("get", "List the backups in a location, also those that Velero wrote.")
        {
            Notes = ["What ENCRYPTED says is what the backup's document says; only reading the archive proves it."],
            Examples = ["aeos backup get --location location.yaml", "aeos backup get --location location.yaml -o json"],
        };
        command.Add(names);
        reading.AddTo(command);
        command.Add(format);
        command.SetAction((result, cancellationToken) => reading.RunAsync(
            result,
            async reader =>
            {
                var documents = new List<BackupDocument>();
                var wanted = (result.GetValue(names) ?? []).ToList();
                if (wanted.Count == 0)
                {
                    await foreach (var name in reader.ListBackupsAsync(cancellationToken).ConfigureAwait(false))
                    {
                        wanted.Add(name);
                    }
                }

                foreach (var name in wanted)
                {
                    documents.Add(await reader.ReadBackupAsync(name, cancellationToken).ConfigureAwait(false));
                }

                await BackupListing.WriteAsync(documents, ListingFormatOption.Read(result, format), Console.Out).ConfigureAwait(false);
                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }
}
