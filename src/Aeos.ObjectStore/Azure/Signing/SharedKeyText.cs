using System.Globalization;
using System.Text;
using Azure.Core;

namespace Aeos.ObjectStore.Azure.Signing;

/// <summary>
/// The text of a request that its Shared Key signature covers: "Authorize with Shared Key" in the service's REST reference,
/// "Blob, Queue, and File services (Shared Key authorization)", version 2015-02-21 and later.
/// </summary>
internal static class SharedKeyText
{
    /// <summary>Makes the string to sign of a request.</summary>
    /// <param name="request">The request with all its headers.</param>
    /// <param name="contentLength">The body's length in bytes, zero without one.</param>
    /// <param name="account">The storage account.</param>
    public static string Of(Request request, long contentLength, string account)
    {
        var text = new StringBuilder(512)
            .Append(request.Method.Method).Append('\n')
            .Append(Header(request, "Content-Encoding")).Append('\n')
            .Append(Header(request, "Content-Language")).Append('\n')
            .Append(contentLength == 0 ? "" : contentLength.ToString(CultureInfo.InvariantCulture)).Append('\n')
            .Append(Header(request, "Content-MD5")).Append('\n')
            .Append(Header(request, "Content-Type")).Append('\n')
            // Date is always empty: x-ms-date takes its place.
            .Append('\n')
            .Append(Header(request, "If-Modified-Since")).Append('\n')
            .Append(Header(request, "If-Match")).Append('\n')
            .Append(Header(request, "If-None-Match")).Append('\n')
            .Append(Header(request, "If-Unmodified-Since")).Append('\n')
            .Append(Header(request, "Range")).Append('\n');
        AppendHeaders(text, request);
        AppendResource(text, request.Uri.ToUri(), account);
        return text.ToString();
    }

    private static string Header(Request request, string name) => request.Headers.TryGetValue(name, out var value) ? value! : "";

    private static void AppendHeaders(StringBuilder text, Request request)
    {
        var headers = request.Headers
            .Where(static header => header.Name.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase))
            .Select(static header => (Name: header.Name.ToLowerInvariant(), Value: header.Value.Trim()))
            .OrderBy(static header => header.Name, StringComparer.Ordinal);
        foreach (var (name, value) in headers)
        {
            text.Append(name).Append(':').Append(value).Append('\n');
        }
    }

    private static void AppendResource(StringBuilder text, Uri uri, string account)
    {
        text.Append('/').Append(account).Append(uri.AbsolutePath);
        var parameters = uri.Query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(static parameter => parameter.Split('=', 2))
            .Select(static pair => (Name: Uri.UnescapeDataString(pair[0]).ToLowerInvariant(), Value: pair.Length == 2 ? Uri.UnescapeDataString(pair[1]) : ""))
            .GroupBy(static pair => pair.Name, static pair => pair.Value, StringComparer.Ordinal)
            .OrderBy(static group => group.Key, StringComparer.Ordinal);
        foreach (var group in parameters)
        {
            text.Append('\n').Append(group.Key).Append(':').AppendJoin(',', group.Order(StringComparer.Ordinal));
        }
    }
}
