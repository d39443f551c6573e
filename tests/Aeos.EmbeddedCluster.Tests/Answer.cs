using System.Net;
using System.Text.Json.Nodes;

namespace Aeos.Embedded.Tests;

/// <summary>What the cluster answered.</summary>
internal sealed record Answer(HttpStatusCode Code, JsonObject Body)
{
    public JsonNode? this[string path]
    {
        get
        {
            JsonNode? node = Body;
            foreach (var step in path.Split('/'))
            {
                node = node is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : (node as JsonObject)?[step];
            }

            return node;
        }
    }

    public string? Text(string path) => this[path]?.ToString();

    public IReadOnlyList<string> Names => [.. Body["items"]!.AsArray().Select(i => i!["metadata"]!["name"]!.ToString())];

    public Answer ShouldBe(HttpStatusCode code)
    {
        Code.ShouldBe(code, Body.ToJsonString());
        return this;
    }

    /// <summary>A Status object like a real server's, of this code and reason.</summary>
    public Answer ShouldFail(HttpStatusCode code, string reason)
    {
        ShouldBe(code);
        Text("kind").ShouldBe("Status");
        Text("status").ShouldBe("Failure");
        Text("reason").ShouldBe(reason);
        Body["code"]!.GetValue<int>().ShouldBe((int)code);
        return this;
    }
}
