using System.Globalization;
using System.Xml;
using Aeos.ObjectStore.Azure.Identity;
using Azure;
using Azure.Identity;

namespace Aeos.ObjectStore.Azure.Http;

/// <summary>Turns what went wrong with a request into an error that names the code, the request id and what to do.</summary>
internal static class BlobFailure
{
    /// <summary>The service's error code; empty when it gave none (something else answered).</summary>
    public static string Code(Response response) =>
        response.Headers.TryGetValue("x-ms-error-code", out var code) ? code ?? "" : "";

    /// <summary>How long the service asks to be left alone.</summary>
    public static TimeSpan? RetryAfter(Response response)
    {
        foreach (var name in (string[])["x-ms-retry-after-ms", "retry-after-ms"])
        {
            if (response.Headers.TryGetValue(name, out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var milliseconds))
            {
                return TimeSpan.FromMilliseconds(milliseconds);
            }
        }

        return response.Headers.TryGetValue("Retry-After", out var wait) && int.TryParse(wait, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
    }

    /// <summary>An answer that is an error.</summary>
    /// <param name="action">What was tried, to follow "cannot": <c>list container …</c>.</param>
    /// <param name="response">The answer; its body is read.</param>
    /// <param name="endpoint">The place.</param>
    /// <param name="cancellationToken">Ends reading the body.</param>
    public static async ValueTask<ObjectStoreException> FromResponseAsync(
        string action, Response response, BlobEndpoint endpoint, CancellationToken cancellationToken)
    {
        var code = Code(response);
        var message = code is "ContainerNotFound"
            ? "there is no such container"
            : ServiceText.Quote(await MessageAsync(response, cancellationToken).ConfigureAwait(false));
        var id = response.Headers.TryGetValue("x-ms-request-id", out var value) ? $"request id {value}" : "no request id: perhaps a proxy answered";
        var cause = $"cannot {action}: Azure answered {response.Status} {ServiceText.Quote(CodeOrReason(code, response))} ({id})";
        return new ObjectStoreException(message.Length > 0 ? $"{cause}: {message}" : cause, BlobRemedies.For(code, response.Status, endpoint));
    }

    /// <summary>A request that got no answer.</summary>
    /// <param name="action">What was tried, to follow "cannot".</param>
    /// <param name="exception">What the pipeline threw; not the caller's own cancellation.</param>
    /// <param name="endpoint">The place.</param>
    /// <param name="credential">What the requests are authorized with.</param>
    public static ObjectStoreException FromException(string action, Exception exception, BlobEndpoint endpoint, ChosenCredential credential)
    {
        // After several tries the pipeline throws all their failures at once: the last one is the one to tell.
        var last = exception is AggregateException { InnerExceptions.Count: > 0 } all ? all.InnerExceptions[^1] : exception;
        switch (last)
        {
            case ObjectStoreException known:
                return known;
            case AuthenticationFailedException:
                return new ObjectStoreException(
                    $"cannot {action}: no credential works. {credential.Tried}: {ServiceText.Quote(SignInFailure(last))}",
                    credential.Remedy,
                    last);
            case OperationCanceledException or TimeoutException:
                return new ObjectStoreException(
                    $"cannot {action}: {endpoint.Service.Authority} did not answer in time",
                    "Check the network between this pod and the storage account, then try again.",
                    last);
        }

        return BlobResponseClassifier.IsDistrust(last)
            ? new ObjectStoreException(
                $"cannot {action}: the certificate of {endpoint.Service.Authority} is not trusted: {ServiceText.Quote(Innermost(last).Message)}",
                "Give the certificate of the authority that issued it as the location's caCert.",
                last)
            : new ObjectStoreException(
                $"cannot {action}: no connection to {endpoint.Service.Authority}: {ServiceText.Quote(Innermost(last).Message)}",
                "Check storageAccount and storageAccountURI, name resolution, and whether a firewall or a private endpoint is in the way.",
                last);
    }

    // Azure.Identity tells an unreachable token service once a try, and the same advice about its retries each time.
    private static string SignInFailure(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is HttpRequestException)
            {
                return $"the token service gave no answer: {inner.Message}";
            }
        }

        return exception.Message;
    }

    private static string CodeOrReason(string code, Response response) => code.Length > 0 ? code : response.ReasonPhrase ?? "";

    private static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception;
    }

    private static async ValueTask<string> MessageAsync(Response response, CancellationToken cancellationToken)
    {
        if (response.ContentStream is not { } body || response.Headers.ContentType?.Contains("xml", StringComparison.OrdinalIgnoreCase) != true)
        {
            return "";
        }

        var message = "";
        try
        {
            using var reader = XmlReader.Create(body, ServiceXml.Settings);
            while (await reader.ReadAsync().WaitAsync(cancellationToken).ConfigureAwait(false))
            {
                if (reader.NodeType != XmlNodeType.Element || reader.Name is not ("Message" or "AuthenticationErrorDetail"))
                {
                    continue;
                }

                var isDetail = reader.Name == "AuthenticationErrorDetail";
                var text = await reader.ReadElementContentAsStringAsync().ConfigureAwait(false);
                // Other details repeat the signature and the text that it was made of.
                message = !isDetail ? text : text.Contains("date header", StringComparison.OrdinalIgnoreCase) ? text : message;
            }
        }
        catch (Exception e) when (e is XmlException or IOException)
        {
            // The status and the code say enough; a half-read message must not hide them.
        }

        return message;
    }
}
