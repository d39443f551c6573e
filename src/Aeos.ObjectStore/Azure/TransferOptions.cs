namespace Aeos.ObjectStore.Azure;

/// <summary>
/// How transfers behave: the numbers that no user sets, in one place, so that tests can make them small.
/// </summary>
internal sealed record TransferOptions
{
    /// <summary>
    /// Blocks of one object that are on their way at once. Memory of a put: at most <c>blockSize * (Parallelism + 1)</c> bytes.
    /// </summary>
    public int Parallelism { get; init; } = 2;

    /// <summary>How often a request is sent again after a failure that may pass.</summary>
    public int MaxRetries { get; init; } = 5;

    /// <summary>The first wait before a retry; it doubles each time, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest wait before a retry that we choose ourselves.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The longest wait that the service may ask for (Retry-After); a longer one ends the request with an error.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Longest time without a byte of an answer. For a request with a body, <see cref="MinimumRate"/> adds to it.</summary>
    public TimeSpan NetworkTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes a second below which an upload counts as stalled.</summary>
    public int MinimumRate { get; init; } = 64 * 1024;

    /// <summary>How often in a row a download goes on after a broken connection without having gained <see cref="ResumeProgress"/> bytes.</summary>
    public int MaxResumes { get; init; } = 5;

    /// <summary>So many bytes of progress make a download's broken connections count from zero again.</summary>
    public long ResumeProgress { get; init; } = 1024 * 1024;

    /// <summary>Keys that a page of a listing holds at most; the service allows 5,000.</summary>
    public int PageSize { get; init; } = 5000;

    /// <summary>How long a request with so large a body may take.</summary>
    public TimeSpan TimeoutFor(long bytes) => NetworkTimeout + TimeSpan.FromSeconds((double)bytes / MinimumRate);
}
