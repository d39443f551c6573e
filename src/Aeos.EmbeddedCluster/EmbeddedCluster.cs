using System.Text.Json.Nodes;
using Aeos.Embedded.Controllers;
using Aeos.Embedded.Exec;
using Aeos.Embedded.Http;
using Aeos.Embedded.Json;
using Aeos.Embedded.Reading;
using Aeos.Embedded.Rules;
using Aeos.Embedded.Security;
using Aeos.Embedded.Storage;
using Aeos.Embedded.Types;
using Aeos.Embedded.Writing;

namespace Aeos.Embedded;

/// <summary>
/// A Kubernetes API in memory, over real HTTP on a free port of 127.0.0.1. For tests and the demo: nothing schedules, runs or is secured
/// beyond what the options say, custom resources are neither pruned nor validated against their schemas, versions are converted by
/// exchanging <c>apiVersion</c> alone. Where it differs from a real API server, the real one is right.
/// </summary>
public sealed class EmbeddedCluster : IAsyncDisposable
{
    private readonly ClusterState _state;
    private readonly ResourceCatalog _catalog = new();
    private readonly ObjectWriter _writer;
    private readonly WorkQueue _queue;
    private readonly Hold _termination;
    private readonly Hold _establishing;
    private readonly WatchEndings _endings = new();
    private readonly BrokenGroups _broken = new();
    private readonly ExecHandler _exec = new();
    private readonly ClusterCertificates _certificates;
    private readonly Authentication _authentication;
    private readonly RequestPipeline _pipeline;
    private ApiHost? _host;

    private EmbeddedCluster(EmbeddedClusterOptions options)
    {
        _certificates = new ClusterCertificates(TimeProvider.System);
        _state = new ClusterState(options.WatchHistory);
        _queue = new WorkQueue(_state);
        _termination = new Hold(_queue);
        _establishing = new Hold(_queue);
        var addresses = new ServiceAddresses();
        _writer = new ObjectWriter(_state, _catalog, new RuleBook(addresses, options.PodsRun), options.Time, options.ManagedFields);
        _state.Observers.AddRange([
            addresses.Observe,
            new NamespaceController(_state, _catalog, _writer, _termination, _certificates.AuthorityPem).Observe,
            new DefinitionController(_state, _catalog, _writer, _establishing, _queue, options.Time).Observe,
            new TokenController(_state, _catalog, _writer, _queue, _certificates.AuthorityPem, options.TokenForEachAccount).Observe,
            new VolumeController(_state, _catalog, _writer, _queue).Observe,
            new EndpointsController(_state, _catalog, _writer, _queue).Observe,
            new GarbageCollector(_state, _writer, _queue).Observe,
        ]);
        var watches = new WatchHandler(_state, _endings, options.Time, options.BookmarkInterval);
        _authentication = new Authentication(options.BearerToken, options.ClientCertificates);
        _pipeline = new RequestPipeline(
            new DiscoveryHandler(new DiscoveryDocuments(_catalog, _broken), options.AggregatedDiscovery),
            new ResourceHandler(_catalog, new ObjectReader(_state), _writer, watches, _exec),
            _broken,
            _authentication);
    }

    /// <summary>Where the API is served, such as <c>http://127.0.0.1:34567/</c>.</summary>
    public Uri Address => _host!.Address;

    /// <summary>A kubeconfig for this cluster, as YAML, with certificates and token inline.</summary>
    public string Kubeconfig { get; private set; } = "";

    /// <summary>The authority's certificate, PEM, also when no HTTPS is served.</summary>
    public string CertificateAuthority => _certificates.AuthorityPem;

    /// <summary>The bearer token that requests must carry from now on: tokens in clusters change. The kubeconfig keeps the first.</summary>
    public string? BearerToken
    {
        get => _authentication.Token;
        set => _authentication.Token = value;
    }

    /// <summary>Asked before each request; a fault that it returns comes over the request. May be called by many threads at once.</summary>
    public Func<EmbeddedRequest, Fault?>? BeforeRequest
    {
        get => _pipeline.Hook;
        set => _pipeline.Hook = value;
    }

    /// <summary>Plays the commands that clients run in pods and returns their exit code; without it every command is one that is not there.</summary>
    public Func<ExecCall, CancellationToken, Task<int>>? Exec
    {
        get => _exec.Script;
        set => _exec.Script = value;
    }

    /// <summary>Starts a cluster with what every cluster has: four namespaces, a node, a storage class, a few roles.</summary>
    /// <param name="options">How it differs from the plain one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<EmbeddedCluster> StartAsync(EmbeddedClusterOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new EmbeddedClusterOptions();
        var cluster = new EmbeddedCluster(options);
        try
        {
            cluster.Furnish();
            cluster._host = await ApiHost.StartAsync(cluster._pipeline.HandleAsync, options, cluster._certificates, cancellationToken).ConfigureAwait(false);
            cluster.Kubeconfig = KubeconfigText.Of(cluster.Address, options, cluster._certificates);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stores a new object without going through HTTP; unlike a client's request it may bring its status along.</summary>
    /// <param name="manifest">The object, as JSON with apiVersion and kind.</param>
    /// <returns>What was stored.</returns>
    /// <exception cref="ArgumentException">It is no object of a type that is served, or the API would refuse it.</exception>
    public JsonObject Seed(string manifest)
    {
        var node = JsonText.Parse(manifest);
        var (apiVersion, kind) = (node.Text("apiVersion") ?? "", node.Text("kind") ?? "");
        var type = _catalog.FindKind(apiVersion, kind) ?? throw new ArgumentException($"No type {apiVersion} {kind} is served.", nameof(manifest));
        try
        {
            var ns = type.Namespaced ? node.Namespace() ?? "default" : null;
            return Shown(_writer.Create(type, ns, node, new WriteOptions { KeepStatus = true }), kind, apiVersion);
        }
        catch (Errors.ApiError e)
        {
            throw new ArgumentException(e.Message, nameof(manifest), e);
        }
    }

    /// <summary>The object as it is stored, or null.</summary>
    /// <param name="apiVersion">Group and version, such as <c>apps/v1</c>.</param>
    /// <param name="kind">The kind, such as <c>Deployment</c>.</param>
    /// <param name="ns">The namespace; null for types that have none.</param>
    /// <param name="name">The name.</param>
    public JsonObject? Find(string apiVersion, string kind, string? ns, string name)
    {
        lock (_state.Gate)
        {
            return _catalog.FindKind(apiVersion, kind) is { } type && _state.Find(type, ns, name) is { } found ? Shown(found, kind, apiVersion) : null;
        }
    }

    /// <summary>Forgets the past: continue tokens and watches that begin before now are answered with 410.</summary>
    public void Compact()
    {
        lock (_state.Gate)
        {
            _state.Compact();
        }
    }

    /// <summary>Ends all watches that are open.</summary>
    /// <param name="how">In which way.</param>
    public void EndWatches(WatchEnding how) => _endings.End(how);

    /// <summary>Sends a bookmark to every watch that wants bookmarks.</summary>
    public void SendBookmarks() => _endings.AskForBookmarks();

    /// <summary>Serves definitions in v1beta1 too, as servers before Kubernetes 1.22 do.</summary>
    public void ServeOldDefinitions() => _catalog.Serve(_catalog["customresourcedefinitions.apiextensions.k8s.io"] with { Versions = ["v1", "v1beta1"] });

    /// <summary>Takes the server of a group away: the group is still named, everything below it answers 503.</summary>
    /// <param name="group">The group; one that is not there is named from now on, as a registered API whose server is not there.</param>
    /// <param name="version">The version of a group that is not there.</param>
    public void BreakGroup(string group, string version = "v1beta1") => _broken.Add(group, version);

    /// <summary>Brings a broken group back, or removes it where it was never there.</summary>
    /// <param name="group">The group.</param>
    public void MendGroup(string group) => _broken.Remove(group);

    /// <summary>Keeps deleted namespaces Terminating until the result is disposed.</summary>
    public IDisposable HoldNamespaces() => _termination.Take();

    /// <summary>Keeps new definitions from becoming Established until the result is disposed.</summary>
    public IDisposable HoldDefinitions() => _establishing.Take();

    /// <summary>Waits until the controllers have done all that follows from what has happened so far, except what is held.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task SettleAsync(CancellationToken cancellationToken = default) => _queue.Idle.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync().ConfigureAwait(false);
        }

        await _queue.DisposeAsync().ConfigureAwait(false);
        _certificates.Dispose();
    }

    private static JsonObject Shown(StoredObject stored, string kind, string apiVersion)
    {
        var node = stored.Read();
        node.Insert(0, "apiVersion", apiVersion);
        node.Insert(1, "kind", kind);
        return node;
    }

    private void Furnish()
    {
        foreach (var ns in BuiltInObjects.Namespaces)
        {
            Seed(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = ns } }.ToJsonString());
        }

        foreach (var manifest in BuiltInObjects.Manifests)
        {
            Seed(manifest);
        }

        foreach (var group in _catalog.Groups.ToList())
        {
            foreach (var version in _catalog.VersionsOf(group))
            {
                ApiServices.Register(_state, _catalog, _writer, group, version, "onstart");
            }
        }
    }
}
