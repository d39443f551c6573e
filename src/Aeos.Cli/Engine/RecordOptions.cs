using System.CommandLine;
using Aeos.Cli.Cluster;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Options;
using Aeos.Cli.Stores;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Engine;

/// <summary>The options of verbs that show what backups and restores left: with <c>--location</c> from a bucket, without it from the cluster.</summary>
internal sealed class RecordOptions
{
    private readonly LocationOptions _location = LocationOptions.ForVerbs();
    private readonly ReadingKeyOptions _keys = new();
    private readonly ClusterOptions _cluster = new();
    private readonly DownloadOptions? _downloads;
    private readonly Option<bool>? _require;

    /// <param name="readsObjects">Whether more than documents is read.</param>
    /// <param name="readsArchives">Whether archives are.</param>
    public RecordOptions(bool readsObjects = true, bool readsArchives = false)
    {
        _downloads = readsObjects ? new DownloadOptions() : null;
        _require = readsArchives ? new Option<bool>("--require-encryption") { Description = "With --location: refuse an archive that is not encrypted." } : null;
    }

    public void AddTo(Command command)
    {
        _location.AddTo(command);
        if (_require is not null)
        {
            command.Add(_require);
        }

        _keys.AddTo(command);
        _cluster.AddTo(command);
        _downloads?.AddTo(command);
    }

    /// <summary>Lets a shell complete names from the cluster.</summary>
    public void Complete<T>(Argument names, ResourceType<T> type)
        where T : class, IListedDocument => NameCompletion.Add(names.CompletionSources, type, _cluster, _location);

    /// <summary>Runs work on the records.</summary>
    /// <exception cref="UsageException">The options do not go together.</exception>
    public Task<int> RunAsync(ParseResult result, Func<IRecords, Task<int>> work, CancellationToken cancellationToken) =>
        _location.IsGiven(result) ? RunOnBucketAsync(result, work, cancellationToken) : RunOnClusterAsync(result, work, cancellationToken);

    private async Task<int> RunOnBucketAsync(ParseResult result, Func<IRecords, Task<int>> work, CancellationToken cancellationToken)
    {
        result.RefuseWithLocation(_downloads?.All ?? []);
        _keys.Check(result);
        var ns = _cluster.Namespace(result);
        using var cluster = _cluster.TryConnect(result);
        await using var records = new BucketRecords(
            await OpenedBucket.OpenAsync(result, _location, _keys, cluster, ns, cancellationToken).ConfigureAwait(false), _require is not null && result.GetValue(_require));
        return await work(records).ConfigureAwait(false);
    }

    private async Task<int> RunOnClusterAsync(ParseResult result, Func<IRecords, Task<int>> work, CancellationToken cancellationToken)
    {
        result.RefuseWithoutLocation([_location.Credentials, .. _keys.All, .. _require is null ? [] : (Option[])[_require]]);
        var trust = _downloads is null ? DownloadTrust.Usual : await _downloads.ReadTrustAsync(result, cancellationToken).ConfigureAwait(false);
        using var resources = new ServerResources(_cluster.ConnectForLackOfLocation(result), _cluster.Namespace(result));
        using var downloads = new ServerDownloads(resources, trust, _downloads?.Timeout(result) ?? DownloadOptions.DefaultTimeout, TimeProvider.System);
        await using var records = new ClusterRecords(resources, downloads);
        return await work(records).ConfigureAwait(false);
    }
}
