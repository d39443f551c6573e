using System.Text.Json.Nodes;
using Aeos.Embedded;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Configuration;
using Aeos.Server.Definitions;
using Aeos.Server.Installation;

namespace Aeos.Server.Tests.Installation;

/// <summary>A cluster to install into.</summary>
public abstract class InstallationRoom : IAsyncLifetime
{
    protected EmbeddedCluster Server { get; private set; } = null!;

    protected KubernetesClient Cluster { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await EmbeddedCluster.StartAsync();
        Cluster = new KubernetesClient(ClusterConnection.ForServer(Server.Address));
    }

    public async Task DisposeAsync()
    {
        Cluster.Dispose();
        await Server.DisposeAsync();
    }

    private protected async Task<List<InstalledObject>> InstallAsync(InstallationOptions? options = null)
    {
        var done = new List<InstalledObject>();
        await new ServerInstaller(Cluster, options ?? new InstallationOptions(), TimeProvider.System).InstallAsync(done.Add, null, CancellationToken.None);
        await Server.SettleAsync();
        return done;
    }

    /// <summary>Makes a Velero as <c>velero install</c> does, as far as it matters here.</summary>
    private protected async Task SeedVeleroAsync(string ns = "velero", string prefix = "")
    {
        Seed("v1", "Namespace", ns, null);
        Seed("apps/v1", "Deployment", "velero", ns, """{"spec":{"replicas":0,"selector":{"matchLabels":{"deploy":"velero"}},"template":{"metadata":{"labels":{"deploy":"velero"}},"spec":{"containers":[{"name":"velero","image":"velero"}]}}}}""");
        foreach (var definition in VeleroDefinitions.All)
        {
            var tree = definition.ToTree();
            tree["metadata"]!["labels"] = new JsonObject { ["component"] = "velero" };
            Server.Seed(tree.ToJsonString());
        }

        await Server.SettleAsync();
        Seed("velero.io/v1", "BackupStorageLocation", "default", ns, $$$"""{"spec":{"provider":"velero.io/azure","objectStorage":{"bucket":"backups","prefix":"{{{prefix}}}"} } }""");
    }

    private protected void Seed(string apiVersion, string kind, string name, string? ns, string more = "{}")
    {
        var tree = JsonNode.Parse(more)!.AsObject();
        (tree["apiVersion"], tree["kind"], tree["metadata"]) = (apiVersion, kind, new JsonObject { ["name"] = name, ["namespace"] = ns });
        Server.Seed(tree.ToJsonString());
    }
}
