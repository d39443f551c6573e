using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary><c>aeos backup describe</c>.</summary>
internal static class DescribeCommand
{
    public static Command Create()
    {
        var name = BackupCommand.Name();
        var details = new Option<bool>("--details") { Description = "Name all that is in it." };
        var format = ListingFormatOption.Create();
        var reading = new ReadingOptions();
        var command = new DocumentedCommand("describe", "Say what a backup is, what is in it and what went wrong.")
        {
            Examples = ["aeos backup describe nightly-1 --location location.yaml --details"],
        };
        command.Add(name);
        command.Add(details);
        reading.AddTo(command);
        command.Add(format);
        command.SetAction((result, cancellationToken) => reading.RunAsync(
            result,
            async reader =>
            {
                var keys = new BackupKeys(result.GetRequiredValue(name));
                var document = await reader.ReadBackupAsync(keys.Name, cancellationToken).ConfigureAwait(false);
                if (ListingFormatOption.Read(result, format) is var chosen and not ListingFormat.Text)
                {
                    await Console.Out.WriteAsync(JsonText.Format(document.ToJson(), chosen)).ConfigureAwait(false);
                    return ExitCode.Done;
                }

                var encryption = document.Status.Encryption;
                var results = await reader.TryReadCompanionAsync(keys.Results, encryption, cancellationToken).ConfigureAwait(false);
                var list = result.GetValue(details) ? await reader.TryReadCompanionAsync(keys.ResourceList, encryption, cancellationToken).ConfigureAwait(false) : null;
                await Console.Out.WriteAsync(BackupListing.Describe(
                    document,
                    results is null ? null : OperationResults.Parse(results, keys.Results),
                    list is null ? null : JsonText.Format(list, ListingFormat.Yaml))).ConfigureAwait(false);
                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }
}
