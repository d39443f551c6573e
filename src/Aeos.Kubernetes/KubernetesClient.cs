using System.Text.Json;
using Aeos.Kubernetes.Configuration;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Exec;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;
using Aeos.Kubernetes.Transport;
using Aeos.Kubernetes.Watches;

namespace Aeos.Kubernetes;

/// <summary>
/// A client for one cluster as one user. It knows no types: objects are what the server sends. Safe to share between threads; one client is enough,
/// and its rate limit counts for all of its users together. Every method throws <see cref="KubernetesApiException"/> when the server refuses and
/// <see cref="KubernetesException"/> when it cannot be reached.
/// </summary>
public sealed class KubernetesClient : IDisposable
{
    private readonly KubernetesClientOptions _options;
    private readonly ApiTransport _transport;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="connection">Which cluster, as whom.</param>
    /// <param name="options">How to behave; null: the defaults.</param>
    public KubernetesClient(ClusterConnection connection, KubernetesClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        Connection = connection;
        _options = options ?? new KubernetesClientOptions();
        _transport = new ApiTransport(connection, _options);
    }

    /// <summary>Which cluster, as whom.</summary>
    public ClusterConnection Connection { get; }

    /// <summary>Asks what the server serves.</summary>
    /// <param name="cancellationToken">Cancels it.</param>
    public Task<ApiCatalog> DiscoverAsync(CancellationToken cancellationToken = default)
        => new DiscoveryClient(_transport).DiscoverAsync(cancellationToken);

    /// <summary>Asks which version the server is of.</summary>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<ServerVersion> GetVersionAsync(CancellationToken cancellationToken = default)
    {
        var request = new ApiRequest(HttpMethod.Get, "/version");
        var body = await _transport.ReadAsync(request, _options.MaxObjectBytes, cancellationToken);
        try
        {
            using var document = JsonDocument.Parse(body);
            return new ServerVersion(DiscoveryReader.Text(document.RootElement, "gitVersion"), DiscoveryReader.Text(document.RootElement, "platform"))
            {
                Major = DiscoveryReader.Text(document.RootElement, "major"),
                Minor = DiscoveryReader.Text(document.RootElement, "minor"),
            };
        }
        catch (JsonException failure)
        {
            throw new KubernetesException(
                $"{request.Title} was not answered with JSON",
                "Check that the address in the kubeconfig is an API server's.", failure);
        }
    }

    /// <summary>Lists objects, to be enumerated once; nothing is sent before.</summary>
    /// <param name="resource">Of which type.</param>
    /// <param name="options">Which of them; null: all.</param>
    public ResourceList List(ApiResource resource, ListOptions? options = null) => new(_transport, resource, options ?? ListOptions.Default, _options);

    /// <summary>
    /// Watches objects until it is cancelled; ends by itself with <see cref="WatchEventType.RelistRequired"/>, or with an error when the server refuses for good.
    /// </summary>
    /// <param name="resource">Of which type.</param>
    /// <param name="options">Which of them, from which state on; null: all, from the beginning.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public IAsyncEnumerable<WatchEvent> WatchAsync(ApiResource resource, WatchOptions? options = null, CancellationToken cancellationToken = default)
        => new Watcher(_transport, resource, options ?? new WatchOptions(), _options).RunAsync(cancellationToken);

    /// <summary>Reads one object.</summary>
    /// <param name="resource">Its type.</param>
    /// <param name="namespace">Its namespace; null or empty for what is in none.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public Task<KubernetesObject> GetAsync(ApiResource resource, string? @namespace, string name, CancellationToken cancellationToken = default)
        => SendAsync(new ApiRequest(HttpMethod.Get, ResourcePath.Item(resource, @namespace, name)), cancellationToken);

    /// <summary>Reads one object that may not be there: null then. Nothing is there whose name could be no object's.</summary>
    /// <param name="resource">Its type.</param>
    /// <param name="namespace">Its namespace; null or empty for what is in none.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<KubernetesObject?> TryGetAsync(
        ApiResource resource, string? @namespace, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!ResourcePath.CanName(name))
        {
            return null;
        }

        try
        {
            return await GetAsync(resource, @namespace, name, cancellationToken);
        }
        catch (KubernetesApiException refusal) when (refusal.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Creates an object. It is not sent again when the connection breaks: whether it arrived is not known then.</summary>
    /// <param name="resource">Its type.</param>
    /// <param name="namespace">Its namespace; null or empty for what is in none.</param>
    /// <param name="item">The object.</param>
    /// <param name="options">How; null: the defaults.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The object as the server made it.</returns>
    public Task<KubernetesObject> CreateAsync(
        ApiResource resource, string? @namespace, KubernetesObject item, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        var path = options?.Subresource is { } subresource
            ? ResourcePath.Item(resource, @namespace, item.Name, subresource)
            : ResourcePath.Collection(resource, @namespace);
        return WriteAsync(HttpMethod.Post, path, item.Json, "application/json", options, cancellationToken);
    }

    /// <summary>Replaces an object by this one, whose name it has.</summary>
    /// <param name="resource">Its type.</param>
    /// <param name="namespace">Its namespace; null or empty for what is in none.</param>
    /// <param name="item">The object; with a <c>resourceVersion</c> it replaces that state only, and conflicts otherwise.</param>
    /// <param name="options">How; null: the defaults.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The object as the server keeps it.</returns>
    public Task<KubernetesObject> UpdateAsync(
        ApiResource resource, string? @namespace, KubernetesObject item, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        var path = ResourcePath.Item(resource, @namespace, item.Name, options?.Subresource);
        return WriteAsync(HttpMethod.Put, path, item.Json, "application/json", options, cancellationToken);
    }

    /// <summary>Changes parts of an object.</summary>
    /// <param name="resource">Its type.</param>
    /// <param name="namespace">Its namespace; null or empty for what is in none.</param>
    /// <param name="name">Its name.</param>
    /// <param name="type">How the patch is written.</param>
    /// <param name="patch">The patch, JSON in UTF-8.</param>
    /// <param name="options">How; null: the defaults.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The object as the server keeps it.</returns>
    public Task<KubernetesObject> PatchAsync(
        ApiResource resource,
        string? @namespace,
        string name,
        PatchType type,
        ReadOnlyMemory<byte> patch,
        WriteOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var contentType = type switch
        {
            PatchType.Json => "application/json-patch+json",
            PatchType.Merge => "application/merge-patch+json",
            PatchType.Strategic => "application/strategic-merge-patch+json",

            // JSON is YAML; servers before 1.33 know apply under this name only.
            PatchType.Apply => "application/apply-patch+yaml",
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };
        return WriteAsync(HttpMethod.Patch, ResourcePath.Item(resource, @namespace, name, options?.Subresource), patch, contentType, options, cancellationToken);
    }

    /// <summary>Deletes an object; it may stay for a while, until its finalizers are done.</summary>
    /// <param name="resource">Its type.</param>
    /// <param name="namespace">Its namespace; null or empty for what is in none.</param>
    /// <param name="name">Its name.</param>
    /// <param name="options">How; null: the defaults.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The object while it stays, else a Status.</returns>
    public Task<KubernetesObject> DeleteAsync(
        ApiResource resource, string? @namespace, string name, DeleteOptions? options = null, CancellationToken cancellationToken = default)
        => SendAsync(
            new ApiRequest(HttpMethod.Delete, ResourcePath.Item(resource, @namespace, name)) { Body = options?.ToBody() }, cancellationToken);

    /// <summary>Deletes all objects that are selected.</summary>
    /// <param name="resource">Their type.</param>
    /// <param name="selection">Which; its page size does not matter.</param>
    /// <param name="options">How; null: the defaults.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task DeleteCollectionAsync(
        ApiResource resource, ListOptions selection, DeleteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(selection);
        var target = ResourcePath.WithQuery(
            ResourcePath.Collection(resource, selection.Namespace),
            ("labelSelector", selection.LabelSelector),
            ("fieldSelector", selection.FieldSelector));
        using var response = await _transport.SendAsync(new ApiRequest(HttpMethod.Delete, target) { Body = options?.ToBody() }, cancellationToken);
    }

    /// <summary>Runs a command in a pod and waits for its end.</summary>
    /// <param name="namespace">The pod's namespace.</param>
    /// <param name="pod">The pod's name.</param>
    /// <param name="options">The command.</param>
    /// <param name="cancellationToken">Ends waiting; the command may go on.</param>
    /// <returns>The command's exit code.</returns>
    /// <exception cref="KubernetesTimeoutException">It did not end in time.</exception>
    public Task<int> ExecAsync(string @namespace, string pod, PodExecOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new PodExec(_transport, _options).RunAsync(@namespace, pod, options, cancellationToken);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _transport.Dispose();

    private Task<KubernetesObject> WriteAsync(
        HttpMethod method, string path, ReadOnlyMemory<byte> body, string contentType, WriteOptions? options, CancellationToken cancellationToken)
    {
        var target = ResourcePath.WithQuery(
            path,
            ("fieldManager", options?.FieldManager),
            ("fieldValidation", options?.FieldValidation),
            ("dryRun", options?.DryRun == true ? "All" : null),
            ("force", options?.Force == true ? "true" : null));
        return SendAsync(new ApiRequest(method, target) { Body = body, ContentType = contentType }, cancellationToken);
    }

    private async Task<KubernetesObject> SendAsync(ApiRequest request, CancellationToken cancellationToken)
        => new(await _transport.ReadAsync(request, _options.MaxObjectBytes, cancellationToken));
}
