namespace Aeos.Server.Downloads.Addresses;

/// <summary>Makes signed addresses, and tells what is one. Safe to share between threads.</summary>
/// <param name="signer">Signs.</param>
/// <param name="url">The address that clients reach the endpoint under; it may have a path.</param>
/// <param name="time">The clock.</param>
internal sealed class SignedAddresses(AddressSigner signer, Uri url, TimeProvider time)
{
    /// <summary>How long an address is good for: 10 minutes, as Velero's (pkg/persistence/object_store.go).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>How far the clocks of two servers with the same key may be apart.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    private readonly string _url = url.GetLeftPart(UriPartial.Path).TrimEnd('/');
    private readonly string _basePath = url.AbsolutePath.TrimEnd('/');

    /// <summary>An address that is good for <see cref="Lifetime"/> from now on. A secret: never logged.</summary>
    public string Create(DownloadAddress address)
    {
        var expires = (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds();
        return _url + AddressPath.Write(address, expires, signer.Sign(address, expires));
    }

    /// <summary>
    /// The object that a request may have; null when its address is not one that a server with this key made, is expired, or would be good for longer than addresses are.
    /// </summary>
    /// <param name="target">The request's target as it was sent. A proxy may have taken the path of the endpoint's own address away.</param>
    public DownloadAddress? Verify(string target)
    {
        if (_basePath.Length > 0 && target.StartsWith($"{_basePath}/", StringComparison.Ordinal))
        {
            target = target[_basePath.Length..];
        }

        if (AddressPath.TryRead(target) is not var (address, expires, signature) || !signer.IsSignature(address, expires, signature))
        {
            return null;
        }

        var now = time.GetUtcNow();
        return expires > now.ToUnixTimeSeconds() && expires <= (now + Lifetime + ClockSkew).ToUnixTimeSeconds() ? address : null;
    }
}
