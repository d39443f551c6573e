using System.Collections.Concurrent;
using System.Text;
using Aeos.Embedded;

namespace Aeos.Cli.Tests.Running;

/// <summary>What somebody who backs a cluster up has: a cluster with a small application and its kubeconfig, a location and a key.</summary>
public abstract class EngineBench : TemporaryFolder, IAsyncLifetime
{
    /// <summary>A value of a Secret: never to be seen in what the command prints, nor in the bucket.</summary>
    protected const string Hidden = "hidden-in-a-secret-7f3a";

    protected static string HiddenBase64 { get; } = Convert.ToBase64String(Encoding.ASCII.GetBytes(Hidden));

    protected EmbeddedCluster Cluster { get; private set; } = null!;

    /// <summary>Requests that would change the cluster.</summary>
    protected ConcurrentQueue<string> Writes { get; } = new();

    protected string Location => At("location.yaml");

    protected string KeyFile => At("test.key");

    private string Kubeconfig => At("kubeconfig");

    public async Task InitializeAsync()
    {
        Cluster = await EmbeddedCluster.StartAsync();
        Cluster.BeforeRequest = Note;
        await File.WriteAllTextAsync(Kubeconfig, Cluster.Kubeconfig);
        Directory.CreateDirectory(At("store/bucket"));
        await File.WriteAllTextAsync(Location,
            $$"""
            apiVersion: velero.io/v1
            kind: BackupStorageLocation
            metadata: { name: default, namespace: velero }
            spec:
              provider: aeos.io/filesystem
              objectStorage: { bucket: bucket }
              config: { root: {{At("store")}} }
            """);
        await KeyAsync();
        foreach (var ns in new[] { "shop", "velero" })
        {
            Cluster.Seed($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{ns}}}"} }""");
        }

        Cluster.Seed($$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"database","namespace":"shop","labels":{"app":"shop"} },"data":{"password":"{{{HiddenBase64}}}"} }""");
        Cluster.Seed("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop"},"data":{"currency":"NOK"}}""");
    }

    /// <summary>Runs a verb with the location and the kubeconfig, which come behind the verb's own arguments.</summary>
    private protected Task<Outcome> EngineAsync(params string[] arguments) => AeosProcess.RunAsync([.. arguments, "--location", Location, "--kubeconfig", Kubeconfig]);

    /// <summary>Runs a verb that needs the bucket alone.</summary>
    private protected Task<Outcome> BucketAsync(params string[] arguments) => AeosProcess.RunAsync([.. arguments, "--location", Location]);

    /// <summary>Runs a verb in the folder, where nothing tells of a cluster.</summary>
    private protected Task<Outcome> WithoutClusterAsync(params string[] arguments) => AeosProcess.RunAsync(
        "/bin/sh", [], ["-c", $"cd '{Folder}' && unset KUBECONFIG KUBERNETES_SERVICE_HOST && HOME='{Folder}' exec \"$0\" \"$@\"", AeosProcess.Built, .. arguments, "--location", Location]);

    /// <summary>Takes an encrypted backup of the application.</summary>
    protected async Task BackUpAsync(string name, params string[] arguments) =>
        (await EngineAsync(["backup", "create", name, "--include-namespaces", "shop", "--features", "EnableEncryption", "--encryption-key-file", KeyFile, .. arguments])).ShouldBeDone();

    /// <summary>Takes a backup in plaintext.</summary>
    protected async Task BackUpPlainAsync(string name, params string[] arguments) =>
        (await EngineAsync(["backup", "create", name, "--include-namespaces", "shop", .. arguments])).ShouldBeDone();

    /// <summary>A Secret that holds a key, in the server's namespace.</summary>
    protected void SeedKey(string name, byte[] key, string field = "encryptionKey") => Cluster.Seed(
        $$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"{{{name}}}","namespace":"velero"},"data":{"{{{field}}}":"{{{Convert.ToBase64String(key)}}}"} }""");

    /// <summary>Deletes the application's Secret and config map, as an accident would.</summary>
    protected async Task LoseAsync()
    {
        using var http = new HttpClient { BaseAddress = Cluster.Address };
        (await http.DeleteAsync("api/v1/namespaces/shop")).EnsureSuccessStatusCode();
        await Cluster.SettleAsync();
        Cluster.Find("v1", "Namespace", null, "shop").ShouldBeNull();
        Writes.Clear();
    }

    /// <summary>An object as it lies in the bucket.</summary>
    protected string Stored(string key) => At($"store/bucket/{key}");

    /// <summary>All keys in the bucket.</summary>
    protected string[] StoredKeys() => [.. Directory.GetFiles(At("store/bucket"), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(At("store/bucket"), file)).Order(StringComparer.Ordinal)];

    public async Task DisposeAsync() => await Cluster.DisposeAsync();

    private Fault? Note(EmbeddedRequest request)
    {
        if (request.Method != "GET")
        {
            Writes.Enqueue($"{request.Method} {request.Path}");
        }

        return FaultFor(request);
    }

    /// <summary>What goes wrong with a request.</summary>
    protected Func<EmbeddedRequest, Fault?> FaultFor { get; set; } = _ => null;
}
