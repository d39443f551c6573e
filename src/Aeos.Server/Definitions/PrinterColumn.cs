using System.Text.Json.Nodes;

namespace Aeos.Server.Definitions;

/// <summary>A column that <c>kubectl get</c> shows.</summary>
/// <param name="Name">Its head.</param>
/// <param name="Type">What it holds: <c>string</c>, <c>date</c>, <c>integer</c> (of 64 bits) or <c>boolean</c>.</param>
/// <param name="Path">Where it is in the resource.</param>
/// <param name="Priority">Above 0 it is shown with <c>-o wide</c> alone.</param>
internal sealed record PrinterColumn(string Name, string Type, string Path, int Priority = 0)
{
    public static PrinterColumn Age { get; } = new("Age", "date", ".metadata.creationTimestamp");

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["name"] = Name, ["type"] = Type, ["jsonPath"] = Path };
        if (Type == "integer")
        {
            json["format"] = "int64";
        }

        if (Priority > 0)
        {
            json["priority"] = Priority;
        }

        return json;
    }
}
