using System.CommandLine;
using Aeos.Backup.Backups;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Options;
using Aeos.Cli.Stores;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary>Takes a backup itself, into a location, with nothing installed in the cluster.</summary>
/// <param name="location">The location.</param>
internal sealed class BucketBackup(LocationOptions location)
{
    private readonly FeatureOption _features = new(
        $"{FeatureOption.Encryption} encrypts; it needs a key. {FeatureOption.ApiGroupVersions} backs up all versions of each type.", FeatureOption.Encryption, FeatureOption.ApiGroupVersions);

    private readonly EncryptionOptions _encryption = new();

    /// <summary>What the Backup itself can say of these options.</summary>
    public EncryptionSpecOptions Spec => new(_features, _encryption.Secret);

    /// <summary>Refuses what only this way has.</summary>
    /// <exception cref="UsageException">It was given.</exception>
    public void Refuse(ParseResult result) => result.RefuseWithoutLocation([location.Credentials, .. _encryption.Local]);

    /// <summary>Adds the options of this way.</summary>
    public void AddTo(Command command)
    {
        command.Add(_features);
        _encryption.AddTo(command);
    }

    /// <summary>Takes the backup, and says what came of it.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="wanted">The backup.</param>
    /// <param name="cluster">The cluster's options.</param>
    /// <param name="format">How the outcome is written.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">The options do not go together.</exception>
    public async Task<int> RunAsync(ParseResult result, BackupDocument wanted, ClusterOptions cluster, ListingFormat format, CancellationToken cancellationToken)
    {
        var on = _features.Read(result);
        var choice = _encryption.Read(result, on.Contains(FeatureOption.Encryption));
        using var client = cluster.Connect(result);
        using var encryption = choice is null ? null : await choice.PrepareAsync(client, cluster.Namespace(result), cancellationToken).ConfigureAwait(false);
        var (opened, name) = await location.OpenWritableAsync(result, cancellationToken).ConfigureAwait(false);
        await using var bucket = opened;
        var request = new BackupRequest
        {
            Name = wanted.Metadata.Name,
            Namespace = cluster.Namespace(result),
            Spec = wanted.Spec.StorageLocation is null && name.Length > 0 ? wanted.Spec with { StorageLocation = name } : wanted.Spec,
            Labels = wanted.Metadata.Labels,
            Annotations = wanted.Metadata.Annotations,
            AllApiVersions = on.Contains(FeatureOption.ApiGroupVersions),
            Encryption = encryption,
        };
        var outcome = await RunAsync(new BackupEngine(client, bucket.Store, bucket.Domain, TimeProvider.System), request, cancellationToken).ConfigureAwait(false);
        await BackupOutcomeText.WriteAsync(outcome, encryption, format, Console.Out).ConfigureAwait(false);
        return outcome.Document.Status.Phase == BackupPhase.Completed ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<BackupOutcome> RunAsync(BackupEngine engine, BackupRequest request, CancellationToken cancellationToken)
    {
        using var progress = OperationProgress.Of(request.Name);
        return await engine.RunAsync(request, new BackupProgressReport(progress), cancellationToken).ConfigureAwait(false);
    }
}
