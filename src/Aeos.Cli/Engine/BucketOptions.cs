using System.CommandLine;
using Aeos.Cli.Stores;
using Aeos.Kubernetes;

namespace Aeos.Cli.Engine;

/// <summary>The options of commands that read what backups and restores left in a bucket: the location, the keys, and the cluster that may have one.</summary>
internal sealed class BucketOptions
{
    private readonly LocationOptions _location = new(hasShortName: false);
    private readonly ReadingKeyOptions _keys = new();
    private readonly ClusterOptions _cluster = new();

    public void AddTo(Command command)
    {
        _location.AddTo(command);
        _keys.AddTo(command);
        _cluster.AddTo(command);
    }

    /// <summary>Runs work on the bucket.</summary>
    public async Task<int> RunAsync(ParseResult result, Func<OpenedBucket, Task<int>> work, CancellationToken cancellationToken)
    {
        _keys.Check(result);
        var ns = _cluster.Namespace(result);
        using var cluster = _cluster.TryConnect(result);
        await using var bucket = await OpenAsync(result, _location, _keys, cluster, ns, cancellationToken).ConfigureAwait(false);
        return await work(bucket).ConfigureAwait(false);
    }

    /// <summary>Opens the location and reads the keys that are named.</summary>
    public static async Task<OpenedBucket> OpenAsync(
        ParseResult result, LocationOptions location, ReadingKeyOptions keys, KubernetesClient? cluster, string @namespace, CancellationToken cancellationToken)
    {
        var opened = await location.OpenBareAsync(result, cancellationToken).ConfigureAwait(false);
        try
        {
            var scope = keys.Scope(result, cluster, @namespace);
            return new OpenedBucket(opened, await keys.ReadAsync(result, scope, cancellationToken).ConfigureAwait(false), scope);
        }
        catch
        {
            await opened.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
