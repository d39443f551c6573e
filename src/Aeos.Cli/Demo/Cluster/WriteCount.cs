using Aeos.Embedded;

namespace Aeos.Cli.Demo.Cluster;

/// <summary>Counts what would change a cluster: every request but those that read.</summary>
internal sealed class WriteCount
{
    private int _writes;

    public WriteCount(EmbeddedCluster cluster) => cluster.BeforeRequest = request =>
    {
        if (request.Method != "GET")
        {
            Interlocked.Increment(ref _writes);
        }

        return null;
    };

    /// <summary>Requests that write, so far.</summary>
    public int Writes => Volatile.Read(ref _writes);
}
