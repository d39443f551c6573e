using System.Text.Json;

namespace Aeos.Kubernetes.Errors;

/// <summary>A Status that the API server answered with (meta/v1 Status): why a request failed.</summary>
public sealed class KubernetesStatus
{
    /// <summary>The HTTP status code that the server meant; 0 when it named none.</summary>
    public int Code { get; init; }

    /// <summary>The machine-readable reason, such as <c>NotFound</c>; empty when the server gave none.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What the server says, for people; may quote fields of the object.</summary>
    public string Message { get; init; } = "";

    /// <summary><c>Success</c> or <c>Failure</c>; empty when the answer was no Status.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>The causes in the details, in the server's order.</summary>
    public IReadOnlyList<StatusCause> Causes { get; init; } = [];

    /// <summary>How long the server wants to be left alone, in seconds (<c>details.retryAfterSeconds</c>); 0 when it does not say.</summary>
    public int RetryAfterSeconds { get; init; }

    /// <summary>
    /// The token to go on with after a list's own token has expired (<c>metadata.continue</c> of a 410): what follows it is of a newer
    /// state than what came before. Empty when the list has to be begun anew.
    /// </summary>
    public string Continue { get; init; } = "";

    internal static KubernetesStatus Read(ReadOnlyMemory<byte> body, int httpCode)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object && Text(document.RootElement, "kind") == "Status")
            {
                return Read(document.RootElement, httpCode);
            }
        }
        catch (JsonException)
        {
            // A proxy's page or half an answer: the code is all there is to say.
        }

        return new KubernetesStatus { Code = httpCode, Message = Excerpt(body.Span) };
    }

    internal static KubernetesStatus Read(JsonElement status, int httpCode)
    {
        var hasDetails = status.TryGetProperty("details", out var details) && details.ValueKind == JsonValueKind.Object;
        var code = Number(status, "code");
        return new KubernetesStatus
        {
            Code = code == 0 ? httpCode : code,
            Reason = Text(status, "reason"),
            Message = Text(status, "message"),
            Outcome = Text(status, "status"),
            Causes = hasDetails ? ReadCauses(details) : [],
            RetryAfterSeconds = hasDetails ? Number(details, "retryAfterSeconds") : 0,
            Continue = status.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object ? Text(metadata, "continue") : "",
        };
    }

    private static List<StatusCause> ReadCauses(JsonElement details)
    {
        var causes = new List<StatusCause>();
        if (details.TryGetProperty("causes", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var cause in list.EnumerateArray())
            {
                if (cause.ValueKind == JsonValueKind.Object)
                {
                    causes.Add(new StatusCause(Text(cause, "reason"), Text(cause, "message"), Text(cause, "field")));
                }
            }
        }

        return causes;
    }

    private static string Text(JsonElement of, string name)
        => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static int Number(JsonElement of, string name)
        => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;

    // The first line of what was no Status, short and without control characters: it ends on a terminal.
    private static string Excerpt(ReadOnlySpan<byte> body)
    {
        var text = System.Text.Encoding.UTF8.GetString(body[..Math.Min(body.Length, 200)]).Trim();
        var line = text.Split('\n')[0].Trim();
        return new string([.. line.Where(c => !char.IsControl(c))]);
    }
}
