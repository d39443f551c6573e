using System.Net;

namespace Aeos.Embedded.Tests;

public sealed class FaultTests : ClusterTest
{
    [Fact]
    public async Task A_fault_answers_once_and_what_the_request_wanted_is_not_done()
    {
        var faults = new Queue<Fault?>([Fault.TooManyRequests(3), Fault.Answer(500, "InternalError", "etcdserver: request timed out"), null]);
        Cluster.BeforeRequest = request => request.Method == "POST" ? faults.Dequeue() : null;
        using (var content = new StringContent(ConfigMap("a"), null, "application/json"))
        using (var response = await Http.PostAsync("/api/v1/namespaces/default/configmaps", content, Patience))
        {
            response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(3));
        }

        (await Post("/api/v1/namespaces/default/configmaps", ConfigMap("a"))).ShouldFail(HttpStatusCode.InternalServerError, "InternalError");
        (await Get("/api/v1/namespaces/default/configmaps/a")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
        await MakeConfigMap("a");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public async Task A_cut_breaks_the_connection_after_so_many_bytes(int bytes)
    {
        Cluster.BeforeRequest = _ => Fault.Cut(bytes);
        var read = 0;
        await Should.ThrowAsync<Exception>(async () =>
        {
            using var response = await Http.GetAsync("/api/v1/nodes", HttpCompletionOption.ResponseHeadersRead, Patience);
            await using var body = await response.Content.ReadAsStreamAsync(Patience);
            var buffer = new byte[4096];
            for (int n; (n = await body.ReadAsync(buffer, Patience)) > 0;)
            {
                read += n;
            }
        });
        read.ShouldBeLessThanOrEqualTo(bytes);
        Cluster.BeforeRequest = null;
        (await Get("/api/v1/nodes")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_watch_can_be_cut_within_an_event()
    {
        Cluster.BeforeRequest = request => request.Query.Contains("watch", StringComparison.Ordinal) ? Fault.Cut(1500) : null;
        using var watch = await WatchStream.Open(Http, "/api/v1/namespaces/default/configmaps?watch=true", Patience);
        await watch.ShouldSend("ADDED", "kube-root-ca.crt", Patience);
        await Should.ThrowAsync<IOException>(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await MakeConfigMap($"m{i}");
                await watch.ShouldSend("ADDED", $"m{i}", Patience);
            }
        });
    }

    [Fact]
    public async Task A_request_waits_as_long_as_a_test_wants()
    {
        var gate = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        Cluster.BeforeRequest = request =>
        {
            arrived.TrySetResult();
            return request.Path == "/version" ? Fault.Wait(gate.Task.WaitAsync) : null;
        };
        var answer = Get("/version");
        await arrived.Task.WaitAsync(Patience);
        (await Get("/api/v1/nodes")).ShouldBe(HttpStatusCode.OK);
        answer.IsCompleted.ShouldBeFalse();
        gate.SetResult();
        (await answer).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Requests_at_once_each_make_their_own_version()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Post("/api/v1/namespaces/default/configmaps", ConfigMap($"m{i}"))));
        made.Select(m => m.Text("metadata/resourceVersion")).Distinct().Count().ShouldBe(200);
        var patched = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Patch("/api/v1/namespaces/default/configmaps/m0", "merge-patch+json", $$$"""{"data":{"k{{{i}}}":"v"}}""")));
        patched.ShouldAllBe(p => p.Code == HttpStatusCode.OK);
        (await Get("/api/v1/namespaces/default/configmaps/m0"))["data"]!.AsObject().Count.ShouldBe(51);
        (await Get("/api/v1/namespaces/default/configmaps")).Names.Count.ShouldBe(201);
    }

    [Fact]
    public async Task A_long_list_is_compressed_for_those_who_take_it()
    {
        for (var i = 0; i < 300; i++)
        {
            Cluster.Seed($$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m{{{i}}}","namespace":"default"},"data":{"a":"{{{new string('x', 1000)}}}"}}""");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/configmaps");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        using var response = await Http.SendAsync(request, Patience);
        response.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        await using var gzip = new System.IO.Compression.GZipStream(await response.Content.ReadAsStreamAsync(Patience), System.IO.Compression.CompressionMode.Decompress);
        var list = await System.Text.Json.Nodes.JsonNode.ParseAsync(gzip, cancellationToken: Patience);
        list!["items"]!.AsArray().Count.ShouldBe(304);
    }
}
