using System.CommandLine;
using Aeos.Backup.Restores;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Options;
using Aeos.Cli.Stores;
using Aeos.Encryption.Keys;
using Aeos.ObjectStore.Encrypted;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Restores;

/// <summary><c>aeos restore create</c>.</summary>
internal static class RestoreCreateCommand
{
    private const string All = "all";

    public static Command Create()
    {
        var name = new Argument<string?>("NAME") { Arity = ArgumentArity.ZeroOrOne, Description = "The restore's name. Absent: the backup's or the schedule's, and the time." };
        var require = new Option<bool>("--require-encryption") { Description = "Refuse an archive that is not encrypted." };
        var scope = new Option<string?>("--encryption-scope") { HelpName = "archive|all", Description = "all: the restore's log, results and lists are encrypted with the first key. Default: archive." };
        scope.AcceptOnlyFromAmong("archive", All);
        var features = new FeatureOption(
            $"{FeatureOption.ApiGroupVersions}: each type in the version that suits the cluster best, if the backup has several. {FeatureOption.Encryption} changes nothing: the archive's bytes say whether it is encrypted.",
            FeatureOption.Encryption,
            FeatureOption.ApiGroupVersions);
        var wait = new Option<bool>("--wait", "-w") { Description = "As with Velero; here the restore is always waited for.", Hidden = true };
        var format = ListingFormatOption.Create();
        var (location, keys, cluster) = (new LocationOptions(hasShortName: false), new ReadingKeyOptions(), new ClusterOptions());
        var (source, spec, work) = (new RestoreSourceOptions(), new RestoreSpecOptions(), new RestoreWorkOptions());
        var command = new DocumentedCommand("create", "Restore a backup into the cluster.")
        {
            Notes =
            [
                "Nothing is applied unless the archive is verified to its end; meanwhile it lies in a temporary file, encrypted under a key in memory.",
                "Volume data is not restored: claims come back with new, empty volumes. Exit code 1 when the restore is PartiallyFailed.",
                "-o json and -o yaml print the restore's document when it is done. (Velero's client prints the request, and does nothing.)",
            ],
            Examples =
            [
                "aeos restore create again-1 --location location.yaml --from-backup nightly-1 --encryption-key-file aeos.key",
                "aeos restore create copy-1 --location location.yaml --from-backup nightly-1 --include-namespaces shop --namespace-mappings shop:shop-copy",
            ],
        };
        command.Add(name);
        location.AddTo(command);
        source.AddTo(command);
        keys.AddTo(command);
        command.Add(require);
        command.Add(scope);
        command.Add(features);
        spec.AddTo(command);
        work.AddTo(command);
        command.Add(wait);
        cluster.AddWithRatesTo(command);
        command.Add(format);
        command.SetAction(async (result, cancellationToken) =>
        {
            source.Check(result);
            keys.Check(result);
            var on = features.Read(result);
            var options = work.Read(result, result.GetValue(name) ?? source.NewName(result, TimeProvider.System), cluster.Namespace(result), spec.Read(result)) with
            {
                EnableApiGroupVersions = on.Contains(FeatureOption.ApiGroupVersions),
            };
            var isAll = result.GetValue(scope) == All;
            if (isAll && !keys.AreNamed(result))
            {
                throw new UsageException("--encryption-scope all needs a key", "Give --encryption-key-file or --encryption-secret.");
            }

            using var client = cluster.Connect(result);
            await using var bucket = await BucketOptions.OpenAsync(result, location, keys, client, options.Namespace, cancellationToken).ConfigureAwait(false);
            options = options with { Spec = await source.AddToAsync(options.Spec, result, bucket.Reader, cancellationToken).ConfigureAwait(false) };
            using var keyring = isAll ? new Keyring([WrappingKey.FromBytes(bucket.Keys[0].Bytes)]) : null;
            using var progress = OperationProgress.Of(options.Name);
            var job = new RestoreJob
            {
                Cluster = client,
                Bucket = bucket.Reader,
                Store = bucket.Store,

                // Not disposed: it would dispose the store, which is the bucket's.
                CompanionStore = keyring is null ? null
                    : new EncryptedObjectStore(bucket.Store, keyring, EncryptionScope.All, bucket.Domain, allowPlaintext: true, ReportLogger.Instance),
                RequireEncryption = result.GetValue(require),
                OnProgress = step => progress.Show(
                    step.IsFinalizing ? "finalizing, hooks in pods" : step.IsApplying ? "restoring" : "verifying the archive", "", step.Done, step.Total, step.IsFinalizing),
            };
            var (document, outcome) = await job.RunAsync(options, cancellationToken).ConfigureAwait(false);
            progress.Dispose();
            await WriteAsync(document, outcome, ListingFormatOption.Read(result, format)).ConfigureAwait(false);
            return document.Status.Phase == RestorePhase.Completed ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static Task WriteAsync(RestoreDocument document, RestoreOutcome outcome, ListingFormat format)
    {
        OutcomeReport.Write(outcome.Results, $"see \"aeos restore describe {document.Metadata.Name}\"");
        return Console.Out.WriteAsync(format != ListingFormat.Text
            ? JsonText.Format(document.ToJson(), format)
            : $"Restore {document.Metadata.Name} of backup {document.Spec.BackupName} {document.Status.Phase}: {outcome.Items.Count} items, {outcome.Errors.Count} errors, {outcome.Warnings.Count} warnings.\n");
    }
}
