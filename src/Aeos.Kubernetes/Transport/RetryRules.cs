using System.Net.Sockets;

namespace Aeos.Kubernetes.Transport;

/// <summary>
/// What may be sent again. After an answer: 429 always, since nothing was done; 5xx as client-go, only where the server says when. For writes only 503 and
/// 500 count: with Retry-After they say that nothing was done (a server that ends, a generated name that was taken), which 504 does not. After a
/// broken connection: GET alone, since a create may have arrived.
/// </summary>
internal static class RetryRules
{
    private static readonly TimeSpan Default = TimeSpan.FromSeconds(1);

    /// <summary>How long to wait before sending again after an answer; null: not again.</summary>
    public static TimeSpan? AfterAnswer(HttpMethod method, HttpResponseMessage response, TimeProvider time)
    {
        var wait = RetryAfter(response, time);
        return (int)response.StatusCode switch
        {
            429 => wait ?? Default,
            503 or 500 => wait,
            > 500 when method == HttpMethod.Get => wait,
            _ => null,
        };
    }

    /// <summary>How long to wait before sending again after a failure; null: not again.</summary>
    public static TimeSpan? AfterFailure(HttpMethod method, Exception failure, int attempt)
        => method == HttpMethod.Get && IsBrokenConnection(failure)
            ? Pause(attempt)
            : null;

    /// <summary>The pause after so many failures in a row: from 100 ms, doubling, up to 10 s.</summary>
    public static TimeSpan Pause(int failures) => TimeSpan.FromMilliseconds(Math.Min(100 << Math.Min(failures, 10), 10_000));

    /// <summary>Whether a connection that stood was lost; one that could not be made is not that.</summary>
    public static bool IsBrokenConnection(Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case HttpProtocolException:
                case HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }:
                case SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown }:
                    return true;
                case SocketException:
                    return false;
            }
        }

        return failure is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded };
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => Max(date - time.GetUtcNow(), TimeSpan.Zero),
        _ => null,
    };

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
