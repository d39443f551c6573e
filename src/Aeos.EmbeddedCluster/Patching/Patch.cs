using System.Text.Json.Nodes;
using Aeos.Embedded.Errors;
using Aeos.Embedded.Json;
using Aeos.Embedded.Types;

namespace Aeos.Embedded.Patching;

/// <summary>A change that came over the wire, of one of the four kinds that Kubernetes knows.</summary>
internal sealed class Patch
{
    private readonly Func<JsonObject, JsonObject> _apply;

    private Patch(Func<JsonObject, JsonObject> apply) => _apply = apply;

    /// <summary>The whole object where the patch is a server-side apply: it creates what is not there.</summary>
    public JsonObject? Applied { get; private init; }

    public JsonObject ApplyTo(JsonObject target) => _apply(target);

    public static Patch Read(string contentType, byte[] body, ResourceType type)
    {
        switch (contentType.Split(';')[0].Trim())
        {
            case "application/json-patch+json":
                var operations = JsonText.Parse(body) as JsonArray ?? throw ApiError.BadRequest("a JSON patch is a list of operations");
                return new Patch(target => JsonPatch.Apply(target, operations));
            case "application/merge-patch+json":
                var merge = JsonText.ParseObject(body);
                return new Patch(target => MergePatch.Apply(target, merge));
            case "application/strategic-merge-patch+json" when !type.IsCustom:
                var strategic = JsonText.ParseObject(body);
                return new Patch(target => StrategicMergePatch.Apply(target, strategic));
            case "application/apply-patch+yaml":
                return Apply(JsonText.ParseObject(body), type);
            default:
                string[] known = ["application/json-patch+json", "application/merge-patch+json", "application/apply-patch+yaml"];
                var accepted = type.IsCustom ? known : [.. known, "application/strategic-merge-patch+json"];
                throw ApiError.UnsupportedMediaType(
                    $"the body of the request was in an unknown format - accepted media types include: {string.Join(", ", accepted)}");
        }
    }

    // The simple form of server-side apply: fields are set and lists are merged, ownership of fields is not tracked, so that fields which an
    // earlier apply had set and this one leaves out stay.
    private static Patch Apply(JsonObject applied, ResourceType type)
    {
        if (applied.Metadata()["managedFields"] is not null)
        {
            throw ApiError.BadRequest("metadata.managedFields must be nil");
        }

        return new Patch(target => type.IsCustom ? MergePatch.Apply(target, applied) : StrategicMergePatch.Apply(target, applied)) { Applied = applied };
    }
}
