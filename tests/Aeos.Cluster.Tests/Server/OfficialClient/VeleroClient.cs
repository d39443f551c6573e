using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Aeos.Cluster.Tests.Running;

namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary>
/// Plays the official client: its requests as <c>velero</c> 1.18.1 sends them (recorded between the client and an API server), with its headers. What a
/// command sends, and in which order, is written down in the classes of commands.
/// </summary>
internal sealed class VeleroClient : IDisposable
{
    private const string Agent = "velero/v1.18.1 (linux/amd64) 26ef8fa7df68dfa9ab8aa4669b8ac47340b0c510";
    private const string Discovery =
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

    // Far above what anything takes: a bound on a test that fails.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly HttpClient _http;
    private readonly CancellationTokenSource _patience = new(Limit);

    public VeleroClient(ClusterRoom room, string @namespace)
    {
        _http = RawCluster.Open(room);
        Namespace = @namespace;
    }

    /// <summary>The namespace of <c>--namespace</c>.</summary>
    public string Namespace { get; }

    public CancellationToken Patience => _patience.Token;

    private string Root => $"apis/velero.io/v1/namespaces/{Namespace}";

    /// <summary>What each command begins with: it looks where the API has its types.</summary>
    public async Task BeginAsync()
    {
        (await SendAsync(HttpMethod.Get, "api", null, Discovery)).ShouldBe(HttpStatusCode.OK).Text("kind").ShouldBe("APIGroupDiscoveryList");
        var groups = (await SendAsync(HttpMethod.Get, "apis", null, Discovery)).ShouldBe(HttpStatusCode.OK);
        groups.Text("kind").ShouldBe("APIGroupDiscoveryList");
        groups.Names.ShouldContain("velero.io");
    }

    public Task<Answer> GetAsync(string resource, string name) => SendAsync(HttpMethod.Get, $"{Root}/{resource}/{name}");

    /// <summary>Lists; the selector as it stands on the command line.</summary>
    public Task<Answer> ListAsync(string resource, string? labelSelector = null)
        => SendAsync(HttpMethod.Get, $"{Root}/{resource}" + (labelSelector is null ? "" : $"?labelSelector={Uri.EscapeDataString(labelSelector)}"));

    /// <summary>Lists in all namespaces: the client does that for schedules and repositories, whatever its namespace is.</summary>
    public Task<Answer> ListEverywhereAsync(string resource) => SendAsync(HttpMethod.Get, $"apis/velero.io/v1/{resource}");

    /// <summary>Creates from what the client writes, which is all of the type: a status, and times that are null.</summary>
    public Task<Answer> CreateAsync(string resource, string json) => SendAsync(HttpMethod.Post, $"{Root}/{resource}", json);

    /// <summary>Replaces: what the client read, changed, with the version that it read.</summary>
    public Task<Answer> UpdateAsync(string resource, JsonObject item)
        => SendAsync(HttpMethod.Put, $"{Root}/{resource}/{item["metadata"]!["name"]}", item.ToJsonString());

    public Task<Answer> DeleteAsync(string resource, string name)
        => SendAsync(HttpMethod.Delete, $"{Root}/{resource}/{name}", """{"kind":"DeleteOptions","apiVersion":"velero.io/v1"}""");

    /// <summary>Lists as an informer does: from the server's cache.</summary>
    public Task<Answer> ListToWatchAsync(string resource) => SendAsync(HttpMethod.Get, $"{Root}/{resource}?resourceVersion=0");

    /// <summary>Watches from a list on, as an informer does.</summary>
    public async IAsyncEnumerable<(string Type, Answer Item)> WatchAsync(
        string resource, string resourceVersion, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var path = $"{Root}/{resource}?allowWatchBookmarks=true&resourceVersion={resourceVersion}&timeoutSeconds=461&watch=true";
        using var request = Request(HttpMethod.Get, path, null, null);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            var change = JsonNode.Parse(line)!.AsObject();
            yield return (change["type"]!.ToString(), new Answer(HttpStatusCode.OK, change["object"]!.AsObject()));
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _patience.Dispose();
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string? json, string? accept)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("User-Agent", Agent);
        request.Headers.TryAddWithoutValidation("Accept", accept ?? "application/json, */*");
        if (json is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return request;
    }

    private async Task<Answer> SendAsync(HttpMethod method, string path, string? json = null, string? accept = null)
    {
        using var request = Request(method, path, json, accept);
        using var response = await _http.SendAsync(request, Patience);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        return new Answer(response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Patience))!.AsObject());
    }
}
