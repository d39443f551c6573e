using System.CommandLine;
using Aeos.Backup.Restores;
using Aeos.Cli.Backups;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Options;
using Aeos.Cli.Stores;
using Aeos.Encryption.Keys;
using Aeos.Kubernetes;
using Aeos.ObjectStore.Encrypted;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Restores;

/// <summary>Restores itself, out of a location, with nothing installed in the cluster.</summary>
internal sealed class BucketRestore
{
    private const string All = "all";

    private readonly LocationOptions _location;
    private readonly ReadingKeyOptions _keys = new();
    private readonly Option<bool> _require = new("--require-encryption") { Description = "Refuse an archive that is not encrypted." };

    private readonly Option<string?> _scope = new("--encryption-scope")
    {
        HelpName = "archive|all",
        Description = "all: the restore's log, results and lists are encrypted with the first key. Default: archive.",
    };

    private readonly FeatureOption _features = new(
        $"{FeatureOption.ApiGroupVersions}: each type in the version that suits the cluster best, if the backup has several. {FeatureOption.Encryption} changes nothing: the archive's bytes say whether it is encrypted.",
        FeatureOption.Encryption,
        FeatureOption.ApiGroupVersions);

    private readonly RestoreWorkOptions _work = new();

    /// <param name="location">The location.</param>
    public BucketRestore(LocationOptions location)
    {
        _location = location;
        _scope.AcceptOnlyFromAmong("archive", All);
    }

    /// <summary>Refuses what only this way has.</summary>
    /// <exception cref="UsageException">It was given.</exception>
    public void Refuse(ParseResult result) => result.RefuseWithoutLocation([_location.Credentials, .. _keys.All, _require, _scope, _features, .. _work.All]);

    /// <summary>Adds the options that only this way has.</summary>
    public void AddTo(Command command)
    {
        _keys.AddTo(command);
        command.Add(_require);
        command.Add(_scope);
        command.Add(_features);
        _work.AddTo(command);
    }

    /// <summary>Restores, and says what came of it.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="wanted">The options that say which restore is wanted.</param>
    /// <param name="cluster">The cluster's options.</param>
    /// <param name="format">How the outcome is written.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">The options do not go together.</exception>
    public async Task<int> RunAsync(ParseResult result, WantedRestoreOptions wanted, ClusterOptions cluster, ListingFormat format, CancellationToken cancellationToken)
    {
        var ns = cluster.Namespace(result);
        var document = wanted.Read(result, ns, TimeProvider.System);
        var options = _work.Read(result, document, ns) with { EnableApiGroupVersions = _features.Read(result).Contains(FeatureOption.ApiGroupVersions) };
        _keys.Check(result);
        if (EncryptsAll(result) && !_keys.AreNamed(result))
        {
            throw new UsageException("--encryption-scope all needs a key", "Give --encryption-key-file or --encryption-secret.");
        }

        using var client = cluster.Connect(result);
        await using var bucket = await OpenedBucket.OpenAsync(result, _location, _keys, client, ns, cancellationToken).ConfigureAwait(false);
        document = await wanted.ChooseBackupAsync(
            document, result, async () => (await StoredBackups.FindAsync(bucket.Reader, [], null, cancellationToken).ConfigureAwait(false)).All).ConfigureAwait(false);
        var (done, outcome) = await RunAsync(result, options with { Spec = document.Spec }, client, bucket, cancellationToken).ConfigureAwait(false);
        await RestoreOutcomeText.WriteAsync(done, outcome, format, Console.Out).ConfigureAwait(false);
        return done.Status.Phase == RestorePhase.Completed ? ExitCode.Done : ExitCode.Failed;
    }

    private bool EncryptsAll(ParseResult result) => result.GetValue(_scope) == All;

    private async Task<(RestoreDocument Document, RestoreOutcome Outcome)> RunAsync(
        ParseResult result, RestoreOptions options, KubernetesClient client, OpenedBucket bucket, CancellationToken cancellationToken)
    {
        using var keyring = EncryptsAll(result) ? new Keyring([WrappingKey.FromBytes(bucket.Keys[0].Bytes)]) : null;
        using var progress = OperationProgress.Of(options.Name);
        var job = new RestoreJob
        {
            Cluster = client,
            Bucket = bucket.Reader,
            Store = bucket.Store,

            // Not disposed: it would dispose the store, which is the bucket's.
            CompanionStore = keyring is null ? null
                : new EncryptedObjectStore(bucket.Store, keyring, EncryptionScope.All, bucket.Domain, allowPlaintext: true, ReportLogger.Instance),
            RequireEncryption = result.GetValue(_require),
            OnProgress = step => progress.Show(
                step.IsFinalizing ? "finalizing, hooks in pods" : step.IsApplying ? "restoring" : "verifying the archive", "", step.Done, step.Total, step.IsFinalizing),
        };
        return await job.RunAsync(options, cancellationToken).ConfigureAwait(false);
    }
}
