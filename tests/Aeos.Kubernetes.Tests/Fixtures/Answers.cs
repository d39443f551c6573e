using Microsoft.AspNetCore.Http;

namespace Aeos.Kubernetes.Tests.Fixtures;

/// <summary>What API servers answer with.</summary>
internal static class Answers
{
    public static Task JsonAsync(this HttpContext context, string json, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }

    public static Task StatusAsync(this HttpContext context, int code, string reason, string message, string more = "")
        => context.JsonAsync(
            $$"""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"{{message}}","reason":"{{reason}}","code":{{code}}{{more}}}""", code);

    public static string List(string metadata, params IEnumerable<string> items)
        => $$"""{"kind":"PodList","apiVersion":"v1","metadata":{{metadata}},"items":[{{string.Join(",", items)}}]}""";

    public static string Pod(string name) => $$$"""{"metadata":{"name":"{{{name}}}","namespace":"shop"}}""";
}
