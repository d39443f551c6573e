using System.CommandLine;
using System.Text.Json.Nodes;
using Aeos.Backup.Restores;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Stores;
using Aeos.Encryption.Keys;
using Aeos.ObjectStore.Encrypted;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Restores;

/// <summary><c>aeos restore create</c>.</summary>
internal static class RestoreCreateCommand
{
    private const int ShownMessages = 20;

    public static Command Create()
    {
        var name = RestoreCommand.Name();
        var backup = new Option<string>("--from-backup") { HelpName = "NAME", Required = true, Description = "The backup to restore." };
        var require = new Option<bool>("--require-encryption") { Description = "Refuse an archive that is not encrypted." };
        var scope = new Option<string>("--encryption-scope")
        {
            HelpName = "archive|all",
            Description = "all: the restore's log, results and lists are encrypted with the first key. Default: archive.",
            DefaultValueFactory = static _ => "archive",
        };
        scope.AcceptOnlyFromAmong("archive", "all");
        var format = ListingFormatOption.Create();
        var (location, keys, cluster, filter) = (new LocationOptions(), new ReadKeyOptions(), new ClusterOptions(), new RestoreFilterOptions());
        var command = new DocumentedCommand("create", "Restore a backup into the cluster.")
        {
            Notes =
            [
                "Whether the archive is encrypted, its bytes say. Nothing is applied unless it is verified to its end; meanwhile it lies in a temporary file, encrypted under a key in memory.",
                "Volume data is not restored: claims come back with new, empty volumes.",
            ],
            Examples =
            [
                "aeos restore create again-1 --location location.yaml --from-backup nightly-1 --encryption-key-file aeos.key",
                "aeos restore create copy-1 --location location.yaml --from-backup nightly-1 --include-namespaces shop --namespace-mappings shop:shop-copy",
            ],
        };
        command.Add(name);
        command.Add(backup);
        filter.AddTo(command);
        command.Add(require);
        command.Add(scope);
        keys.AddTo(command);
        cluster.AddTo(command);
        location.AddTo(command);
        command.Add(format);
        command.SetAction(async (result, cancellationToken) =>
        {
            var options = filter.Read(result, result.GetRequiredValue(name), result.GetRequiredValue(backup));
            using var client = cluster.Open(result);
            await using var bucket = await OpenedBucket.OpenAsync(result, location, keys, client, cancellationToken).ConfigureAwait(false);
            using var keyring = result.GetRequiredValue(scope) == "all" ? ScopeKey(bucket) : null;
            using var progress = new RestoreProgressLine(options.Name);
            var job = new RestoreJob
            {
                Cluster = client,
                Bucket = bucket.Reader,
                Store = bucket.Location.Store,

                // It would dispose the store, which is the location's.
                CompanionStore = keyring is null
                    ? null
                    : new EncryptedObjectStore(bucket.Location.Store, keyring, EncryptionScope.All, bucket.Location.Domain, allowPlaintext: true, ReportLogger.Instance),
                RequireEncryption = result.GetValue(require),
                OnProgress = progress.Show,
            };
            var (document, outcome) = await job.RunAsync(options, cancellationToken).ConfigureAwait(false);
            progress.Dispose();
            Show(document, outcome, ListingFormatOption.Read(result, format));
            return document.Status.Phase == RestorePhase.Completed ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static Keyring ScopeKey(OpenedBucket bucket) => bucket.Keys is [var key, ..]
        ? new Keyring([WrappingKey.FromBytes(key.Bytes)])
        : throw new UsageException("--encryption-scope all needs a key", "Give --encryption-key-file or --encryption-secret.");

    private static void Show(RestoreDocument document, RestoreOutcome outcome, ListingFormat format)
    {
        foreach (var error in outcome.Errors.Velero.Concat(outcome.Errors.Cluster).Concat(outcome.Errors.Namespaces.SelectMany(static ns => ns.Value)).Take(ShownMessages))
        {
            Report.Note($"error: {error}");
        }

        foreach (var warning in outcome.Warnings.Velero.Concat(outcome.Warnings.Cluster).Concat(outcome.Warnings.Namespaces.SelectMany(static ns => ns.Value)).Take(ShownMessages))
        {
            Report.Warning(warning);
        }

        if (format == ListingFormat.Text)
        {
            Console.Out.WriteLine(
                $"restore {document.Metadata.Name} of backup {document.Spec.BackupName}: {document.Status.Phase}, {outcome.Items.Count} objects, {outcome.Errors.Count} errors, {outcome.Warnings.Count} warnings");
            return;
        }

        ResourceText.Write(JsonNode.Parse(document.ToJson())!, format, Console.Out);
    }
}
