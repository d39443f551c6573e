using System.CommandLine;
using Aeos.Backup.Backups;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Stores;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary><c>aeos backup create</c>.</summary>
internal static class CreateCommand
{
    public static Command Create()
    {
        var name = BackupCommand.Name();
        var ttl = new Option<string?>("--ttl") { HelpName = "DURATION", Description = "How long the backup is kept. Default: 720h." };
        var labels = new Option<string[]>("--labels") { HelpName = "KEY=VALUE,...", Description = "Labels of the backup." };
        var format = ListingFormatOption.Create();
        var (engine, filters, encryption) = (new EngineOptions(), new FilterOptions(), new EncryptionOptions());
        var command = new DocumentedCommand("create", "Back a cluster up into a location, in Velero's format, with nothing installed in the cluster.")
        {
            Notes =
            [
                "The data of volumes is not in the backup: claims and volumes are, as resources, and the results name each claim.",
                "Exit code 1 when the backup is PartiallyFailed; \"aeos backup describe\" says why.",
            ],
            Examples =
            [
                "aeos backup create nightly-1 --location location.yaml --features EnableEncryption --encryption-key-file backup.key",
                "aeos backup create shop-1 --location location.yaml --include-namespaces shop --features EnableEncryption --encryption-secret backup-key",
            ],
        };
        command.Add(name);
        filters.AddTo(command);
        command.Add(ttl);
        command.Add(labels);
        encryption.AddTo(command);
        engine.AddTo(command);
        command.Add(format);
        command.SetAction(async (result, cancellationToken) =>
        {
            var spec = filters.Read(result);
            using var cluster = engine.Connect(result);
            using var how = await encryption.PrepareAsync(result, cluster, engine.Namespace(result), cancellationToken).ConfigureAwait(false);
            await using var location = await engine.OpenLocationAsync(result, cancellationToken).ConfigureAwait(false);
            var request = new BackupRequest
            {
                Name = result.GetRequiredValue(name),
                Namespace = engine.Namespace(result),
                Spec = spec,
                Labels = Pairs(result.GetValue(labels) ?? []),
                Ttl = result.GetValue(ttl) is { } text ? GoDuration.Parse(text, "--ttl") : TimeSpan.FromDays(30),
                Encryption = how,
            };
            using var progress = new ItemProgress(Console.Error, !Console.IsErrorRedirected, TimeProvider.System);
            var outcome = await new BackupEngine(cluster, location.Store, location.Domain, TimeProvider.System).RunAsync(request, progress, cancellationToken).ConfigureAwait(false);
            progress.Dispose();
            await BackupListing.WriteOutcomeAsync(outcome, ListingFormatOption.Read(result, format), Console.Out).ConfigureAwait(false);
            return outcome.Document.Status.Phase == BackupPhase.Completed ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static Dictionary<string, string> Pairs(string[] lists)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in lists.SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries)))
        {
            var parts = pair.Split('=', 2, StringSplitOptions.TrimEntries);
            pairs[parts[0]] = parts.Length == 2 && parts[0].Length > 0 ? parts[1]
                : throw new UsageException($"\"{pair}\" is not a label", "Write it as KEY=VALUE.");
        }

        return pairs;
    }
}
