using System.Globalization;
using System.Text.Json.Nodes;
using Aeos.Embedded.Types;

namespace Aeos.Embedded.Errors;

/// <summary>An answer that is no success: code, reason and message of the Status object that the client gets.</summary>
internal sealed class ApiError(int code, string reason, string message, JsonObject? details = null) : Exception(message)
{
    public int Code { get; } = code;

    public string Reason { get; } = reason;

    /// <summary>The token of an expired list that continues with the present state.</summary>
    public string? Continue { get; init; }

    public JsonObject ToStatus()
    {
        var metadata = new JsonObject();
        if (Continue is not null)
        {
            metadata["continue"] = Continue;
        }

        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = metadata,
            ["status"] = "Failure",
            ["message"] = Message,
        };
        if (Reason.Length > 0)
        {
            status["reason"] = Reason;
        }

        if (details is not null)
        {
            status["details"] = details.DeepClone();
        }

        status["code"] = Code;
        return status;
    }

    public int? RetryAfterSeconds => (int?)details?["retryAfterSeconds"]?.GetValue<int>();

    public static ApiError PageNotFound() => new(404, "NotFound", "the server could not find the requested resource", []);

    public static ApiError NotFound(ResourceType type, string name) =>
        new(404, "NotFound", $"{type.QualifiedName} \"{name}\" not found", Details(type, name));

    public static ApiError AlreadyExists(ResourceType type, string name) =>
        new(409, "AlreadyExists", $"{type.QualifiedName} \"{name}\" already exists", Details(type, name));

    public static ApiError Conflict(ResourceType type, string name, string why) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {type.QualifiedName} \"{name}\": {why}", Details(type, name));

    public static ApiError Modified(ResourceType type, string name) =>
        Conflict(type, name, "the object has been modified; please apply your changes to the latest version and try again");

    public static ApiError Forbidden(ResourceType type, string name, string why, JsonArray? causes = null)
    {
        var details = Details(type, name);
        if (causes is not null)
        {
            details["causes"] = causes;
        }

        var subject = name.Length == 0 ? type.QualifiedName : $"{type.QualifiedName} \"{name}\"";
        return new ApiError(403, "Forbidden", $"{subject} is forbidden: {why}", details);
    }

    public static ApiError Invalid(ResourceType type, string name, params IReadOnlyList<FieldProblem> problems)
    {
        var details = new JsonObject { ["name"] = name };
        if (type.Group.Length > 0)
        {
            details["group"] = type.Group;
        }

        details["kind"] = type.Kind;
        details["causes"] = new JsonArray([.. problems.Select(p =>
            (JsonNode)new JsonObject { ["reason"] = p.Reason, ["message"] = p.Message, ["field"] = p.Field })]);
        var kind = type.Group.Length == 0 ? type.Kind : $"{type.Kind}.{type.Group}";
        var text = problems.Count == 1 ? problems[0].ToString() : $"[{string.Join(", ", problems)}]";
        return new ApiError(422, "Invalid", $"{kind} \"{name}\" is invalid: {text}", details);
    }

    public static ApiError BadRequest(string message) => new(400, "BadRequest", message);

    public static ApiError Unprocessable(string message) => new(422, "Invalid", message, []);

    public static ApiError Unauthorized() => new(401, "Unauthorized", "Unauthorized");

    public static ApiError Expired(string message, string? freshToken = null) => new(410, "Expired", message) { Continue = freshToken };

    public static ApiError UnsupportedMediaType(string message) => new(415, "UnsupportedMediaType", message, []);

    public static ApiError MethodNotAllowed() =>
        new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", []);

    public static ApiError Unavailable() =>
        new(503, "ServiceUnavailable", "the server is currently unable to handle the request");

    public static ApiError Internal(string message) => new(500, "", message);

    public static ApiError VersionTooLarge(long asked, long current) => new(
        504,
        "Timeout",
        string.Create(CultureInfo.InvariantCulture, $"Timeout: Too large resource version: {asked}, current: {current}"),
        new JsonObject
        {
            ["causes"] = new JsonArray(new JsonObject { ["reason"] = "ResourceVersionTooLarge", ["message"] = "Too large resource version" }),
            ["retryAfterSeconds"] = 1,
        });

    private static JsonObject Details(ResourceType type, string name)
    {
        var details = new JsonObject();
        if (name.Length > 0)
        {
            details["name"] = name;
        }

        if (type.Group.Length > 0)
        {
            details["group"] = type.Group;
        }

        details["kind"] = type.Plural;
        return details;
    }
}
