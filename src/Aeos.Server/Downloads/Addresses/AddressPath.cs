using System.Globalization;

namespace Aeos.Server.Downloads.Addresses;

/// <summary>
/// A signed address as path and query: <c>/v1/LOCATION/BUCKET/KEY?expires=SECONDS&amp;signature=TEXT</c>. Each address has exactly one spelling: a parameter twice, another
/// order, another escape is none.
/// </summary>
internal static class AddressPath
{
    /// <summary>The version, in the path and under the signature.</summary>
    public const string Version = "v1";

    private const string Expires = "expires=";
    private const string Signature = "signature=";

    public static string Write(DownloadAddress address, long expires, string signature)
    {
        var key = string.Join('/', address.Key.Split('/').Select(Uri.EscapeDataString));
        var path = $"/{Version}/{Uri.EscapeDataString(address.Location)}/{Uri.EscapeDataString(address.Bucket)}/{key}";
        return string.Create(CultureInfo.InvariantCulture, $"{path}?{Expires}{expires}&{Signature}{Uri.EscapeDataString(signature)}");
    }

    /// <summary>Reads one; whether the signature is right, is not looked at. Null: it is no address in its one spelling.</summary>
    public static (DownloadAddress Address, long Expires, string Signature)? TryRead(string target)
    {
        if (target.Split('?') is not [var path, var query]
            || path.Split('/', 5) is not ["", Version, var location, var bucket, var key]
            || query.Split('&') is not [var first, var second]
            || !first.StartsWith(Expires, StringComparison.Ordinal)
            || !second.StartsWith(Signature, StringComparison.Ordinal)
            || !long.TryParse(first.AsSpan(Expires.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var expires))
        {
            return null;
        }

        var address = new DownloadAddress(Uri.UnescapeDataString(location), Uri.UnescapeDataString(bucket), Uri.UnescapeDataString(key));
        var signature = second[Signature.Length..];
        return Write(address, expires, signature) == target ? (address, expires, signature) : null;
    }
}
