using System.Buffers.Text;
using System.Text.Json.Nodes;
using Aeos.Embedded.Errors;
using Aeos.Embedded.Json;

namespace Aeos.Embedded.Reading;

/// <summary>Where the next page of a list begins, and at which revision; in the form that API servers use.</summary>
internal sealed record ContinueToken(long Revision, string Start)
{
    /// <summary>The revision of a token that goes on with whatever is there now.</summary>
    public const long Inconsistent = -1;

    private const string Version = "meta.k8s.io/v1";

    public override string ToString() => Base64Url.EncodeToString(JsonText.Write(new JsonObject { ["v"] = Version, ["rv"] = Revision, ["start"] = Start }));

    public static ContinueToken Parse(string text)
    {
        try
        {
            if (JsonNode.Parse(Base64Url.DecodeFromChars(text)) is JsonObject token && token.Text("v") == Version
                && token.Number("rv") is not (null or 0) and var revision && token.Filled("start") is { } start)
            {
                return new ContinueToken(revision!.Value, start);
            }
        }
        catch (Exception e) when (e is FormatException or System.Text.Json.JsonException)
        {
            // Reported below, as any other token that is none.
        }

        throw ApiError.BadRequest("continue key is not valid");
    }
}
