using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Aeos.Embedded.Tests;

/// <summary>A cluster of its own for each test, and a plain HTTP client: no library of ours stands between.</summary>
public abstract class ClusterTest : IAsyncLifetime
{
    private protected EmbeddedCluster Cluster { get; private set; } = null!;

    private protected HttpClient Http { get; private set; } = null!;

    // Far beyond what anything takes: it keeps a broken test from hanging, and measures nothing.
    private protected CancellationToken Patience { get; } = new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    private protected virtual EmbeddedClusterOptions Options => new();

    public async Task InitializeAsync()
    {
        Cluster = await EmbeddedCluster.StartAsync(Options, Patience);
        Http = new HttpClient { BaseAddress = Cluster.Address, Timeout = Timeout.InfiniteTimeSpan };
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await Cluster.DisposeAsync();
    }

    private protected Task<Answer> Get(string path, string? accept = null) => Send(HttpMethod.Get, path, null, null, accept);

    private protected Task<Answer> Post(string path, string json) => Send(HttpMethod.Post, path, json);

    private protected Task<Answer> Put(string path, JsonObject body) => Send(HttpMethod.Put, path, body.ToJsonString());

    private protected Task<Answer> Patch(string path, string type, string json) => Send(HttpMethod.Patch, path, json, $"application/{type}");

    private protected Task<Answer> Delete(string path, string? options = null) => Send(HttpMethod.Delete, path, options);

    private protected async Task<Answer> Send(HttpMethod method, string path, string? json, string? type = null, string? accept = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type ?? "application/json");
        }

        request.Headers.TryAddWithoutValidation("Accept", accept ?? "application/json");
        using var response = await Http.SendAsync(request, Patience);
        var text = await response.Content.ReadAsStringAsync(Patience);
        return new Answer(response.StatusCode, JsonNode.Parse(text)!.AsObject());
    }

    private protected async Task MakeNamespace(string name) =>
        (await Post("/api/v1/namespaces", $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"}}""")).ShouldBe(System.Net.HttpStatusCode.Created);

    private protected async Task<Answer> MakeConfigMap(string name, string ns = "default", string labels = "{}") =>
        (await Post($"/api/v1/namespaces/{ns}/configmaps", ConfigMap(name, labels))).ShouldBe(System.Net.HttpStatusCode.Created);

    private protected static string ConfigMap(string name, string labels = "{}") =>
        $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}","labels":{{{labels}}} },"data":{"a":"1"}}""";
}
