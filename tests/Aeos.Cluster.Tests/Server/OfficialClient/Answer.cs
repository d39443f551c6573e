using System.Net;
using System.Text.Json.Nodes;

namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary>What the API answered.</summary>
internal sealed record Answer(HttpStatusCode Code, JsonObject Body)
{
    public string Name => Text("metadata", "name")!;

    public string? Phase => Text("status", "phase");

    public IReadOnlyList<JsonObject> Items => [.. Body["items"]!.AsArray().Select(static item => item!.AsObject())];

    public IReadOnlyList<string> Names => [.. Items.Select(static item => item["metadata"]!["name"]!.ToString())];

    public string? Text(params ReadOnlySpan<string> path)
    {
        JsonNode? node = Body;
        foreach (var step in path)
        {
            node = node?[step];
        }

        return node?.ToString();
    }

    public Answer ShouldBe(HttpStatusCode code)
    {
        Code.ShouldBe(code, Body.ToJsonString());
        return this;
    }

    /// <summary>A refusal, with the text that the client prints behind "An error occurred: ".</summary>
    public void ShouldFail(HttpStatusCode code, string reason, string message)
    {
        ShouldBe(code);
        Text("kind").ShouldBe("Status");
        Text("reason").ShouldBe(reason);
        Text("message").ShouldBe(message);
    }
}
