using System.Security.Authentication;
using Azure.Core;

namespace Aeos.ObjectStore.Azure.Http;

/// <summary>
/// Which failures may pass: 408, 429, 500, 502, 503, 504, a body that was damaged on its way, and a connection that broke or
/// stalled. Nothing else is sent again, neither a refusal nor a certificate that is not trusted.
/// </summary>
internal sealed class BlobResponseClassifier : ResponseClassifier
{
    /// <inheritdoc/>
    public override bool IsRetriableResponse(HttpMessage message) => message.Response.Status switch
    {
        408 or 429 or 500 or 502 or 503 or 504 => true,
        400 => BlobFailure.Code(message.Response) == "Md5Mismatch",
        _ => false,
    };

    /// <inheritdoc/>
    public override bool IsRetriableException(Exception exception) =>
        base.IsRetriableException(exception) && !IsDistrust(exception);

    /// <inheritdoc/>
    public override bool IsRetriable(HttpMessage message, Exception exception) =>
        base.IsRetriable(message, exception) && !IsDistrust(exception);

    /// <summary>Whether the other side's certificate was the reason.</summary>
    public static bool IsDistrust(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is AuthenticationException)
            {
                return true;
            }
        }

        return false;
    }
}
