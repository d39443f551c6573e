using System.Text.Json.Nodes;

namespace Aeos.Embedded.Tests;

/// <summary>The client's side of a watch: events one by one.</summary>
internal sealed class WatchStream : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private WatchStream(HttpResponseMessage response, Stream stream)
    {
        _response = response;
        _reader = new StreamReader(stream);
    }

    public static async Task<WatchStream> Open(HttpClient http, string path, CancellationToken cancellationToken)
    {
        var response = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        return new WatchStream(response, await response.Content.ReadAsStreamAsync(cancellationToken));
    }

    /// <summary>The next event; null at the end of the answer.</summary>
    public async Task<(string Type, JsonObject Object)?> Next(CancellationToken cancellationToken)
    {
        var line = await _reader.ReadLineAsync(cancellationToken);
        return line is null ? null : (JsonNode.Parse(line)!["type"]!.ToString(), JsonNode.Parse(line)!["object"]!.AsObject());
    }

    public async Task ShouldSend(string type, string name, CancellationToken cancellationToken)
    {
        var next = await Next(cancellationToken);
        next.ShouldNotBeNull();
        next.Value.Type.ShouldBe(type, next.Value.Object.ToJsonString());
        next.Value.Object["metadata"]!["name"]!.ToString().ShouldBe(name);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
    }
}
