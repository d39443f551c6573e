using System.Text;
using Aeos.Embedded;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Configuration;
using Aeos.Kubernetes.Requests;
using Aeos.Kubernetes.Tests.Fixtures;
using Aeos.Server.Definitions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aeos.Server.Tests;

/// <summary>What a controller's reconciler works on, with a clock that is moved by hand. Nothing runs by itself: a test calls the reconciler.</summary>
internal sealed class ControllerBench : IAsyncDisposable
{
    public const string Namespace = "velero";

    private readonly EmbeddedCluster _cluster;
    private readonly KubernetesClient _client;

    private ControllerBench(EmbeddedCluster cluster, KubernetesClient client, ServerOptions options)
    {
        (_cluster, _client) = (cluster, client);
        Server = new ServerContext(options, client, client, NullLoggerFactory.Instance, Time);
    }

    public ManualTime Time { get; } = new();

    public ServerContext Server { get; }

    public EmbeddedCluster Cluster => _cluster;

    /// <summary>A folder for buckets.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("aeos-controller-").FullName;

    public static async Task<ControllerBench> StartAsync(ServerOptions? options = null)
    {
        var cluster = await EmbeddedCluster.StartAsync();
        var client = new KubernetesClient(ClusterConnection.ForServer(cluster.Address), new KubernetesClientOptions { Qps = 0 });
        await VeleroDefinitions.ApplyAsync(client, TimeProvider.System, default);
        cluster.Seed($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{Namespace}}}"}}""");
        return new ControllerBench(cluster, client, options ?? new ServerOptions());
    }

    /// <summary>The metrics, line by line.</summary>
    public string[] MetricLines() => Server.Metrics.ToText().Split('\n');

    /// <summary>Writes a Secret, or writes it anew.</summary>
    public async Task WriteSecretAsync(string name, string field, string content)
    {
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes(content));
        var secret = Encoding.UTF8.GetBytes($$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"{{{name}}}"},"data":{"{{{field}}}":"{{{data}}}"}}""");
        var options = new WriteOptions { FieldManager = "test", Force = true };
        await _client.PatchAsync(WellKnownResources.Secrets, Namespace, name, PatchType.Apply, secret, options);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _cluster.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
