using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aeos.Embedded;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Configuration;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;
using Aeos.Kubernetes.Watches;

namespace Aeos.Cluster.Tests.Running;

/// <summary>
/// A test's own part of a cluster: an embedded one, or the one that <c>AEOS_TEST_KUBECONFIG</c> names. All that a test makes has the room's mark in its
/// name (or is in a namespace that has), and is removed at the end.
/// </summary>
internal sealed class ClusterRoom : IAsyncDisposable
{
    /// <summary>The finalizer that tests hold objects with.</summary>
    public const string Finalizer = "aeos.test/hold";

    /// <summary>Far above what any wait takes: a bound on a test that fails.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly EmbeddedCluster? _embedded;
    private ApiCatalog? _catalog;

    private ClusterRoom(EmbeddedCluster? embedded, ClusterConnection connection, int pageSize, string? mark = null)
    {
        _embedded = embedded;
        Mark = mark ?? $"t{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5))}";
        Connection = connection;
        Client = new KubernetesClient(connection, new KubernetesClientOptions { Qps = 0, PageSize = pageSize });
    }

    /// <summary>The kubeconfig of the real cluster; null: the embedded one.</summary>
    public static string? Kubeconfig { get; } = Environment.GetEnvironmentVariable("AEOS_TEST_KUBECONFIG") is { Length: > 0 } path ? path : null;

    /// <summary>Whether tests run against a real API server.</summary>
    public static bool IsReal => Kubeconfig is not null;

    /// <summary>Whether controllers make pods of deployments and jobs here.</summary>
    public bool HasWorkloads => _embedded is null;

    /// <summary>In the name of everything that the test makes.</summary>
    public string Mark { get; }

    public ClusterConnection Connection { get; }

    public KubernetesClient Client { get; }

    /// <summary>The embedded cluster that <see cref="OpenEmbeddedAsync"/> opened.</summary>
    public EmbeddedCluster Embedded => _embedded ?? throw new InvalidOperationException("The cluster is a real one.");

    public static async Task<ClusterRoom> OpenAsync(int pageSize = 500)
    {
        if (Kubeconfig is not null)
        {
            return new ClusterRoom(null, ClusterConnection.Find(new ConnectionOptions { Kubeconfig = Kubeconfig }), pageSize);
        }

        return await OpenEmbeddedAsync(null, pageSize);
    }

    /// <summary>A room in an embedded cluster in any case: for what only that can play.</summary>
    /// <param name="mark">The mark; null: a new one.</param>
    /// <param name="pageSize">The client's.</param>
    public static async Task<ClusterRoom> OpenEmbeddedAsync(string? mark = null, int pageSize = 500)
    {
        var embedded = await EmbeddedCluster.StartAsync(new EmbeddedClusterOptions { PodsRun = false, ManagedFields = true });
        return new ClusterRoom(embedded, ClusterConnection.ForServer(embedded.Address), pageSize, mark);
    }

    /// <summary>A name of this test's own.</summary>
    public string Name(string name) => $"{name}-{Mark}";

    /// <summary>A group of definitions of this test's own.</summary>
    public string Group => $"{Mark}.aeos.test";

    /// <summary>The type, discovered anew where it is not known yet.</summary>
    public async Task<ApiResource> TypeAsync(string apiVersion, string kind)
    {
        var found = _catalog?.FindKind(apiVersion, kind);
        for (var until = DateTime.UtcNow + Patience; found is null && DateTime.UtcNow < until;)
        {
            _catalog = await Client.DiscoverAsync();
            found = _catalog.FindKind(apiVersion, kind);
        }

        return found ?? throw new InvalidOperationException($"The cluster serves no {apiVersion} {kind}.");
    }

    /// <summary>Waits until a type is served no longer.</summary>
    public async Task UntilUnservedAsync(string group, string plural)
    {
        var until = DateTime.UtcNow + Patience;
        while ((_catalog = await Client.DiscoverAsync()).FindExact(group, plural) is not null)
        {
            (DateTime.UtcNow < until).ShouldBeTrue($"{plural}.{group} is served still.");
        }
    }

    /// <summary>Makes an object; a definition is awaited until it is served.</summary>
    public async Task<KubernetesObject> CreateAsync([StringSyntax(StringSyntaxAttribute.Json)] string json)
    {
        var item = new KubernetesObject(Encoding.UTF8.GetBytes(json));
        var made = await AdmitAsync(await TypeAsync(item.ApiVersion, item.Kind), item);
        if (item.Kind == "CustomResourceDefinition")
        {
            var tree = made.ToTree();
            await UntilAsync(WellKnownResources.CustomResourceDefinitions, null, item.Name, static now => now.HasCondition("Established"));
            await TypeAsync($"{tree["spec"]!["group"]}/{tree["spec"]!["versions"]![0]!["name"]}", $"{tree["spec"]!["names"]!["kind"]}");
        }

        return made;
    }

    // The part of a real API server that looks for a pod's priority class hears of a new one a moment later.
    private async Task<KubernetesObject> AdmitAsync(ApiResource type, KubernetesObject item)
    {
        for (var until = DateTime.UtcNow + Patience; ; await Task.Delay(20))
        {
            try
            {
                return await Client.CreateAsync(type, item.Namespace, item);
            }
            catch (KubernetesApiException refusal) when (refusal.IsForbidden && refusal.Message.Contains("no PriorityClass", StringComparison.Ordinal) && DateTime.UtcNow < until)
            {
            }
        }
    }

    /// <summary>Makes a namespace, and waits for what a cluster puts into each.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> CreateNamespaceAsync(string name, string labels = "{}", string annotations = "{}")
    {
        var full = Name(name);
        await CreateAsync($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{full}}}","labels":{{{labels}}},"annotations":{{{annotations}}}}}""");
        await UntilFurnishedAsync(full);
        return full;
    }

    public async Task UntilFurnishedAsync(string @namespace)
    {
        await UntilAsync(await TypeAsync("v1", "ServiceAccount"), @namespace, "default", static now => now is not null);
        await UntilAsync(WellKnownResources.ConfigMaps, @namespace, "kube-root-ca.crt", static now => now is not null);
    }

    public Task CreateConfigMapAsync(string @namespace, string name, string value = "v", string labels = "{}", string finalizers = "[]") => CreateAsync(
        $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}","namespace":"{{{@namespace}}}","labels":{{{labels}}},"finalizers":{{{finalizers}}}},"data":{"k":"{{{value}}}"}}""");

    public Task CreateSecretAsync(string @namespace, string name, string field, byte[] value, string labels = "{}") => CreateAsync(
        $$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"{{{name}}}","namespace":"{{{@namespace}}}","labels":{{{labels}}}},"data":{"{{{field}}}":"{{{Convert.ToBase64String(value)}}}"}}""");

    /// <summary>Defines a type in this test's own group, with a status subresource.</summary>
    public Task DefineAsync(string plural, string kind, string scope = "Namespaced") => CreateAsync($$$"""
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"{{{plural}}}.{{{Group}}}"},
         "spec":{"group":"{{{Group}}}","scope":"{{{scope}}}","names":{"plural":"{{{plural}}}","singular":"{{{kind.ToLowerInvariant()}}}","kind":"{{{kind}}}","listKind":"{{{kind}}}List"},
         "versions":[{"name":"v1","served":true,"storage":true,"subresources":{"status":{}},
          "schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true} } }]}}
        """);

    public async Task<JsonObject?> FindAsync(string apiVersion, string kind, string? @namespace, string name)
        => (await Client.TryGetAsync(await TypeAsync(apiVersion, kind), @namespace, name))?.ToTree();

    public async Task<JsonObject> GetAsync(string apiVersion, string kind, string? @namespace, string name)
        => await FindAsync(apiVersion, kind, @namespace, name) ?? throw new InvalidOperationException($"There is no {kind} {@namespace}/{name}.");

    public async Task DeleteAsync(string apiVersion, string kind, string? @namespace, string name, bool wait = true)
    {
        var type = await TypeAsync(apiVersion, kind);
        await Client.DeleteAsync(type, @namespace, name);
        if (wait)
        {
            await UntilAsync(type, @namespace, name, static now => now is null);
        }
    }

    public Task DeleteNamespaceAsync(string name, bool wait = true) => DeleteAsync("v1", "Namespace", null, name, wait);

    /// <summary>Waits, by watching, until an object is as it has to be.</summary>
    public async Task UntilAsync(ApiResource type, string? @namespace, string name, Func<JsonObject?, bool> isDone)
    {
        using var clock = new CancellationTokenSource(Patience);
        while (true)
        {
            var list = Client.List(type, new ListOptions { Namespace = @namespace, FieldSelector = $"metadata.name={name}" });
            var now = (await list.ToListAsync(clock.Token)).SingleOrDefault()?.ToTree();
            if (isDone(now))
            {
                return;
            }

            var options = new WatchOptions { Namespace = @namespace, FieldSelector = $"metadata.name={name}", ResourceVersion = list.ResourceVersion };
            await foreach (var change in Client.WatchAsync(type, options, clock.Token))
            {
                if (change.Type is WatchEventType.RelistRequired)
                {
                    break;
                }

                if (change.Type is WatchEventType.Added or WatchEventType.Modified or WatchEventType.Deleted
                    && isDone(change.Type is WatchEventType.Deleted ? null : change.Item.ToTree()))
                {
                    return;
                }
            }
        }
    }

    /// <summary>Makes the API server forget what was: watches from this version on have to list anew.</summary>
    /// <returns>The version.</returns>
    public string Forget(string version)
    {
        _embedded?.Compact();

        // A real API server remembers no event from before its own start.
        return _embedded is null ? "1" : version;
    }

    public async ValueTask DisposeAsync()
    {
        if (_embedded is null)
        {
            await new RoomCleaning(Client, Mark).RunAsync();
        }

        Client.Dispose();
        if (_embedded is not null)
        {
            await _embedded.DisposeAsync();
        }
    }
}
