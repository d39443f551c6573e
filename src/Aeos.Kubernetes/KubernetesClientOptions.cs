using System.Reflection;

namespace Aeos.Kubernetes;

/// <summary>How a client behaves towards the API server. The defaults are Velero's server's where it has one.</summary>
public sealed record KubernetesClientOptions
{
    /// <summary>Requests a second, after the burst; zero or less: no limit. Velero's <c>--client-qps</c>.</summary>
    public double Qps { get; init; } = 100;

    /// <summary>Requests at once. Velero's <c>--client-burst</c>.</summary>
    public int Burst { get; init; } = 100;

    /// <summary>Objects a list page asks for; zero: everything in one answer. Velero's <c>--client-page-size</c>.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>How often one request is tried again: after 429, after 5xx with Retry-After, and a GET after a reset connection. client-go has 10.</summary>
    public int MaxRetries { get; init; } = 10;

    /// <summary>The longest that one wait of these lasts, whatever the server asks for.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the server may take for an answer, and for each piece of a streamed one.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The largest single object that a list or a watch may bring, in bytes. A bound on memory, far above what etcd can hold.</summary>
    public int MaxObjectBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// Whether to ask for gzip. Off: measured on one machine, lists of Secrets came at less than half the rate with it; worth it over a slow line.
    /// </summary>
    public bool Compression { get; init; }

    /// <summary>The product and version that the server sees, by default <c>aeos/VERSION</c>.</summary>
    public string UserAgent { get; init; } = $"aeos/{Version}";

    /// <summary>What the server warns of (<c>Warning</c> headers, code 299), each text as often as it is sent.</summary>
    public Action<string>? OnWarning { get; init; }

    /// <summary>The clock for limits, waits, tokens and time-outs.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    private static string Version
        => typeof(KubernetesClientOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
}
