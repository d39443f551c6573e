namespace Aeos.Embedded;

/// <summary>How an embedded cluster differs from the plain one. The plain one serves HTTP to everybody on this machine.</summary>
public sealed record EmbeddedClusterOptions
{
    /// <summary>The bearer token that every request must carry; null: none.</summary>
    public string? BearerToken { get; init; }

    /// <summary>Whether HTTPS is served, under a certificate of the cluster's own authority, which the kubeconfig holds.</summary>
    public bool Tls { get; init; }

    /// <summary>Whether requests must come with a client certificate of the authority (or the bearer token); needs <see cref="Tls"/>.</summary>
    public bool ClientCertificates { get; init; }

    /// <summary>Whether the aggregated discovery document is offered; without it clients fall back to the old ones.</summary>
    public bool AggregatedDiscovery { get; init; } = true;

    /// <summary>How many changes of one type a watch can go back.</summary>
    public int WatchHistory { get; init; } = 10_000;

    /// <summary>How often a watch that wants bookmarks gets one.</summary>
    public TimeSpan BookmarkInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether pods are Running as soon as they are created; else they stay Pending.</summary>
    public bool PodsRun { get; init; } = true;

    /// <summary>Whether each service account gets a token Secret by itself, as before Kubernetes 1.24.</summary>
    public bool TokenForEachAccount { get; init; }

    /// <summary>Whether objects carry managedFields, as real ones do. Off by default, for the memory.</summary>
    public bool ManagedFields { get; init; }

    /// <summary>The clock of timestamps, delays and timeouts.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
