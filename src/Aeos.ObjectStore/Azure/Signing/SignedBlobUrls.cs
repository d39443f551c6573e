using Aeos.ObjectStore.Azure.Blobs;

namespace Aeos.ObjectStore.Azure.Signing;

/// <summary>Makes URLs that anybody can read one blob with until they expire.</summary>
/// <param name="container">The container.</param>
/// <param name="key">The account key; without one a user delegation key is fetched.</param>
/// <param name="time">The clock.</param>
internal sealed class SignedBlobUrls(BlobContainer container, AccountKey? key, TimeProvider time)
{
    // Clocks differ: the URL of a clock that is ahead must work at once.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(10);

    // What a user delegation key can live at most ("Get User Delegation Key" in the service's REST reference).
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(7);

    /// <summary>Makes one.</summary>
    /// <exception cref="ObjectStoreException">The lifetime is not between a second and seven days, or the service refused a key.</exception>
    public async ValueTask<Uri> CreateAsync(string blob, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        if (lifetime < TimeSpan.FromSeconds(1) || lifetime > MaxLifetime)
        {
            throw new ObjectStoreException(
                $"a URL for \"{blob}\" cannot live for {lifetime}: the limits are one second and seven days", "Ask for a lifetime between them.");
        }

        var now = time.GetUtcNow();
        var grant = new BlobReadGrant(container.Endpoint.Account, container.Endpoint.Container, blob, now - Skew, now + lifetime, container.Endpoint.IsSecure);
        var token = key is not null
            ? grant.Sign(key)
            : await DelegatedAsync(grant, cancellationToken).ConfigureAwait(false);
        return new Uri($"{container.Endpoint.BlobUri(blob).AbsoluteUri}?{token}");
    }

    private async ValueTask<string> DelegatedAsync(BlobReadGrant grant, CancellationToken cancellationToken)
    {
        using var delegated = await container.GetUserDelegationKeyAsync(grant.Starts, grant.Expires, cancellationToken).ConfigureAwait(false);
        return grant.Sign(delegated);
    }
}
