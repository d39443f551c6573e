using System.CommandLine;
using Aeos.Backup.Backups;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Options;
using Aeos.Cli.Stores;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary><c>aeos backup create</c>.</summary>
internal static class CreateCommand
{
    public static Command Create()
    {
        var name = BackupCommand.Name();
        var labels = new PairsOption("--labels", '=', "KEY=VALUE", "Labels of the backup.");
        var annotations = new PairsOption("--annotations", '=', "KEY=VALUE", "Annotations of the backup.");
        var features = new FeatureOption(
            $"{FeatureOption.Encryption} encrypts; it needs a key. {FeatureOption.ApiGroupVersions} backs up all versions of each type.", FeatureOption.Encryption, FeatureOption.ApiGroupVersions);
        var wait = new Option<bool>("--wait", "-w") { Description = "As with Velero; here the backup is always waited for.", Hidden = true };
        var format = ListingFormatOption.Create();
        var (location, cluster, spec, encryption) = (new LocationOptions(hasShortName: false), new ClusterOptions(), new BackupSpecOptions(), new EncryptionOptions());
        var command = new DocumentedCommand("create", "Back a cluster up into a location, in Velero's format, with nothing installed in the cluster.")
        {
            Notes =
            [
                "The data of volumes is not in the backup: claims and volumes are, as resources, and the results name each claim. Velero's flags that ask for it are refused.",
                "Exit code 1 when the backup is PartiallyFailed; \"aeos backup describe\" says why.",
                "-o json and -o yaml print the backup's document when it is done. (Velero's client prints the request, and does nothing.)",
            ],
            Examples =
            [
                "aeos backup create nightly-1 --location location.yaml --features EnableEncryption --encryption-key-file backup.key",
                "aeos backup create shop-1 --location location.yaml --include-namespaces shop --features EnableEncryption --encryption-secret backup-key",
            ],
        };
        command.Add(name);
        location.AddTo(command);
        command.Add(features);
        encryption.AddTo(command);
        spec.AddTo(command);
        command.Add(labels);
        command.Add(annotations);
        command.Add(wait);
        cluster.AddWithRatesTo(command);
        command.Add(format);
        command.SetAction(async (result, cancellationToken) =>
        {
            var on = features.Read(result);
            var request = new BackupRequest
            {
                Name = result.GetRequiredValue(name),
                Namespace = cluster.Namespace(result),
                Spec = spec.Read(result),
                Labels = labels.Read(result),
                Annotations = annotations.Read(result),
                AllApiVersions = on.Contains(FeatureOption.ApiGroupVersions),
            };
            var choice = encryption.Read(result, on.Contains(FeatureOption.Encryption));
            using var client = cluster.Connect(result);
            using var how = choice is null ? null : await choice.PrepareAsync(client, request.Namespace, cancellationToken).ConfigureAwait(false);
            var (opened, where) = await location.OpenWritableAsync(result, cancellationToken).ConfigureAwait(false);
            await using var bucket = opened;
            if (request.Spec.StorageLocation is null && where.Length > 0)
            {
                request = request with { Spec = request.Spec with { StorageLocation = where } };
            }

            using var progress = OperationProgress.Of(request.Name);
            var outcome = await new BackupEngine(client, bucket.Store, bucket.Domain, TimeProvider.System)
                .RunAsync(request with { Encryption = how }, new BackupProgressReport(progress), cancellationToken).ConfigureAwait(false);
            progress.Dispose();
            await BackupOutcomeText.WriteAsync(outcome, how, ListingFormatOption.Read(result, format), Console.Out).ConfigureAwait(false);
            return outcome.Document.Status.Phase == BackupPhase.Completed ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }
}
