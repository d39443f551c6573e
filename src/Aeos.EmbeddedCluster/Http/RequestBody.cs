using System.Text.Json.Nodes;
using Aeos.Embedded.Errors;
using Aeos.Embedded.Json;
using Aeos.Embedded.Types;
using Microsoft.AspNetCore.Http;

namespace Aeos.Embedded.Http;

/// <summary>Reads what a request brings. JSON only; real servers also read YAML and Protobuf.</summary>
internal static class RequestBody
{
    /// <summary>The limit of real servers.</summary>
    public const int Limit = 3 * 1024 * 1024;

    public static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var buffer = new MemoryStream((int)Math.Clamp(context.Request.ContentLength ?? 0, 0, Limit));
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted).ConfigureAwait(false);
        return buffer.ToArray();
    }

    public static async Task<JsonObject> ReadObjectAsync(HttpContext context)
    {
        var type = (context.Request.ContentType ?? "application/json").Split(';')[0].Trim();
        if (type != "application/json")
        {
            throw ApiError.UnsupportedMediaType($"the body of the request was in an unknown format ({type}) - accepted media types include: application/json");
        }

        return JsonText.ParseObject(await ReadAsync(context).ConfigureAwait(false));
    }

    /// <summary>An object that says what it is must say what the path says.</summary>
    public static void CheckKind(JsonObject node, ResourceType type, string version)
    {
        var expected = type.ApiVersion(version);
        if (node.Filled("kind") is { } kind && kind != type.Kind)
        {
            throw ApiError.BadRequest($"{kind} in version \"{version}\" cannot be handled as a {type.Kind}");
        }

        if (node.Filled("apiVersion") is { } apiVersion && apiVersion != expected)
        {
            throw ApiError.BadRequest($"the API version in the data ({apiVersion}) does not match the expected API version ({expected})");
        }
    }
}
